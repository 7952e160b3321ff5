// What our charts draw with, out of ECharts; `npm run build` makes one small file of it (callcenter/static/ui/charts.js uses it).
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

use([CanvasRenderer, GridComponent, LabelLayout, LineChart, MarkLineComponent, TooltipComponent]);

export { init };

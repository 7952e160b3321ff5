// What our charts draw with, out of ECharts; `npm run build` makes one small file of it (callcenter/static/ui/charts.js uses it).
import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([CanvasRenderer, GridComponent, LineChart, TooltipComponent]);

export { init };

// What stays of the kit's style sheet: rules for what our templates and scripts name. `./run` and `./check` make it anew when these change.
module.exports = {
  css: ['node_modules/@tabler/core/dist/css/tabler.min.css'],
  content: ['templates/**/*.html', 'callcenter/static/ui/*.js'],
};

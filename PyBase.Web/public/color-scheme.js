(function () {
  var wanted = null
  try {
    wanted = localStorage.getItem('mantine-color-scheme-value')
  } catch (e) {
    // No storage: follow the system.
  }
  var dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()

"""Third-party files: the named ones are served, nothing else of node_modules is."""

from callcenter.vendor import VENDOR_FILES, VendorFinder


def test_every_named_file_is_found_where_npm_put_it():
    finder = VendorFinder()
    for path, storage in finder.list([]):
        assert storage.exists(path), f"{path}: run npm ci"
        assert finder.find(path).endswith(VENDOR_FILES[path])


def test_other_files_of_node_modules_are_not_served():
    finder = VendorFinder()
    assert finder.find("echarts/package.json") == []
    assert finder.find("vendor/echarts.js") == []

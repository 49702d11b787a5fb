"""A page that checks a workbook in the browser: nothing to install there, and nothing leaves the computer.

build      the folder to open or to put on a web server: page, Python for the browser, packages
bundle     our package and those it needs, as wheels made from what is installed here
runtime    Python for the browser (Pyodide), from a folder, a file or once by npm
serve      the folder on this computer alone
desk       runs in the browser: answers the page, with the same actions as the command line
page/      the page itself
"""

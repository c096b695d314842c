// Not needed to read: closes an evidence card when its link leads into the document, and folds the contents on small screens.
document.addEventListener("click", function (event) {
  var link = event.target.closest("[popover] a[href^='#']");
  if (link) link.closest("[popover]").hidePopover();
});
if (matchMedia("(max-width: 71.99rem)").matches) {
  var contents = document.querySelector("nav.contents details");
  if (contents) contents.open = false;
}

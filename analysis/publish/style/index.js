// Not needed to read: finds editions by their words and year.
(function () {
  var form = document.getElementById("filter"), words = document.getElementById("words"), year = document.getElementById("year");
  var found = document.getElementById("found"), editions = Array.from(document.querySelectorAll("article"));
  if (!editions.length) return;
  var years = Array.from(new Set(editions.map(function (edition) { return edition.dataset.day.slice(0, 4); })));
  years.forEach(function (name) { year.add(new Option(name, name)); });
  var texts = editions.map(function (edition) { return edition.textContent.toLowerCase(); });
  function filter() {
    var wanted = words.value.toLowerCase().split(/\s+/), count = 0;
    editions.forEach(function (edition, index) {
      var shown = edition.dataset.day.startsWith(year.value) && wanted.every(function (word) { return texts[index].includes(word); });
      edition.hidden = !shown;
      count += shown;
    });
    found.textContent = count + (count === 1 ? " edition" : " editions");
  }
  words.addEventListener("input", filter);
  year.addEventListener("change", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
})();

// Menus are <details>: a click elsewhere or Escape closes them. Alerts and toasts can be dismissed.
// On a narrow screen, tabs open scrolled to the current one.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  openMenus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  event.target.closest("[data-dismiss]")?.closest("[data-dismissable]")?.remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openMenus().forEach((menu) => {
    menu.removeAttribute("open");
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  });
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

document.querySelectorAll(".krds-tab [aria-current]").forEach((tab) => {
  const tabs = tab.closest(".krds-tab");
  tabs.scrollLeft = tab.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2;
});

// Opening hours in the editor: Monday's line for Tuesday to Friday with one click. The table can be filled in without it.
const DAYS = ["tuesday", "wednesday", "thursday", "friday"];

function equip(table) {
  const monday = table.querySelector('input[name$="monday"]');
  if (!monday || table.querySelector(".week-copy")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-secondary week-copy";
  button.textContent = "Montag auf Dienstag bis Freitag übertragen";
  const said = document.createElement("span");
  said.className = "w-sr-only";
  said.setAttribute("role", "status");
  button.addEventListener("click", () => {
    const prefix = monday.name.slice(0, -"monday".length);
    for (const day of DAYS) {
      const field = table.querySelector(`input[name="${prefix}${day}"]`);
      field.value = monday.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    said.textContent = "Übertragen.";
  });
  (monday.closest(".w-panel__content") ?? table).append(button, said);
}

const all = () => document.querySelectorAll(".week-table").forEach(equip);
all();
// A season that is added later brings a table of its own.
new MutationObserver(all).observe(document.body, { childList: true, subtree: true });

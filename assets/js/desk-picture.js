// The point of a picture that stays in sight: set by a click or a drag, seen at once in samples of how it is cut.
const picture = document.querySelector(".focus img");
const point = document.querySelector(".focus__point");
const across = document.getElementById("id_across");
const down = document.getElementById("id_down");
const saved = [across.value, down.value];

// Where a cut of `shown` lies in `whole`, in per cent of the room it has: the rule of kernel.media's crop_box.
function placed(whole, shown, share) {
  const room = whole - shown;
  if (room <= 0) return 50;
  return (Math.min(Math.max(share * whole - shown / 2, 0), room) / room) * 100;
}

function show() {
  point.style.left = `${across.value}%`;
  point.style.top = `${down.value}%`;
  for (const field of [across, down]) document.querySelector(`output[for="${field.id}"]`).textContent = `${field.value} %`;
  const { width, height } = { width: Number(picture.getAttribute("width")), height: Number(picture.getAttribute("height")) };
  for (const cut of document.querySelectorAll(".cut")) {
    const [wide, high] = getComputedStyle(cut).aspectRatio.split("/").map(Number);
    const ratio = wide / (high || 1);
    const shown = width / height > ratio ? [height * ratio, height] : [width, width / ratio];
    cut.style.objectPosition = `${placed(width, shown[0], across.value / 100)}% ${placed(height, shown[1], down.value / 100)}%`;
  }
}

function set(x, y) {
  across.value = x;
  down.value = y;
  show();
}

function follow(event) {
  const box = picture.getBoundingClientRect();
  set(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
}

picture.draggable = false;
picture.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  picture.setPointerCapture(event.pointerId);
  follow(event);
  picture.addEventListener("pointermove", follow);
});
for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => picture.removeEventListener("pointermove", follow));
for (const field of [across, down]) field.addEventListener("input", show);
document.querySelector("[data-focus=middle]").addEventListener("click", () => set(50, 50));
document.querySelector("[data-focus=back]").addEventListener("click", () => set(...saved));
for (const part of [point, document.querySelector("[data-focus-do]"), document.querySelector(".cuts")]) part.hidden = false;
show();

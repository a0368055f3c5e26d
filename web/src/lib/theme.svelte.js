// Light or dark: as the system has it, until somebody chooses.

const system = matchMedia("(prefers-color-scheme: dark)");
let chosen = null;
try {
  chosen = localStorage.getItem("theme");
} catch {
  // Private windows may keep nothing.
}

export const theme = $state({ name: chosen ?? (system.matches ? "dark" : "light") });

function show() {
  document.documentElement.dataset.theme = theme.name;
}

system.addEventListener("change", () => {
  if (chosen) return;
  theme.name = system.matches ? "dark" : "light";
  show();
});

export function toggleTheme() {
  chosen = theme.name = theme.name === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", chosen);
  } catch {
    // Then it holds until the window is closed.
  }
  show();
}

show();

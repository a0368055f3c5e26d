import "@fontsource-variable/newsreader/wght.css";
import "@fontsource-variable/libre-franklin/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/marks.css";
import { mount } from "svelte";
import App from "./App.svelte";

mount(App, { target: document.getElementById("app") });

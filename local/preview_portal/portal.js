// The portal's side of docs/architecture.md, "The frame", as far as a preview needs it.
const frame = document.querySelector("iframe");
const problems = document.getElementById("problems");
const nonce = crypto.randomUUID();

addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow || data?.groundwork !== 1) {
    return;
  }
  if (data.type === "hello") {
    // The frame's origin is opaque, so no target origin but "*" would match it.
    source.postMessage({ groundwork: 1, nonce, type: "start", preview: true }, "*");
  } else if (data.nonce === nonce && data.type === "failed-resource") {
    problems.textContent = `Does not load: ${data.url}`;
  }
});
frame.src = "task/";

/** A task's page that speaks the frame protocol by hand, and a template that behaves badly. */
export function taskPage(text: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Task</title>
<style>
  body { margin: 0; padding: 2rem; font: 17px/1.5 system-ui, sans-serif; color: #1b2524; background: #fff; }
  form { display: grid; gap: 1.2rem; max-width: 44rem; margin: 0 auto; }
  blockquote { margin: 0; padding: 1.2rem 1.5rem; border-left: 4px solid #1f5f5b; background: #f4f6f5; }
  fieldset { display: flex; gap: 1.2rem; padding: 1rem; border: 1px solid #d3dbd8; border-radius: 8px; }
  textarea { display: block; width: 100%; min-height: 5rem; box-sizing: border-box; font: inherit; }
  button { justify-self: start; padding: .6rem 1.6rem; border: 0; border-radius: 8px; background: #1f5f5b; color: #fff; font: inherit; }
  button:disabled { opacity: .5; }
</style></head>
<body><form>
  <h1 style="font-size:1.2rem;margin:0">What does the customer write about?</h1>
  <blockquote id="text">${text}</blockquote>
  <fieldset><legend>Topic</legend>
    <label><input type="radio" name="topic" value="delivery" required> 1 Delivery</label>
    <label><input type="radio" name="topic" value="quality"> 2 Quality</label>
    <label><input type="radio" name="topic" value="price"> 3 Price</label>
  </fieldset>
  <label>Comment <textarea name="comment"></textarea></label>
  <button>Submit</button> <p role="alert" id="message"></p>
</form>
<script>
  const form = document.querySelector("form");
  const button = document.querySelector("button");
  let nonce = "", timer;
  const say = (type, fields) => parent.postMessage({ groundwork: 1, nonce, type, ...fields }, "*");
  const answer = () => Object.fromEntries(new FormData(form));
  addEventListener("message", ({ data, source }) => {
    if (source !== parent) return;
    if (data.type === "start") {
      nonce = data.nonce;
      for (const [name, value] of Object.entries(data.draft ?? {})) form.elements[name].value = value;
      say("ready");
    }
    if (data.type === "collect") say("draft", { answer: answer() });
    if (data.type === "submit-result" && !data.ok) {
      button.disabled = false;
      document.getElementById("message").textContent = data.message;
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    say("submit", { answer: answer() });
  });
  form.addEventListener("input", () => {
    say("activity");
    clearTimeout(timer);
    timer = setTimeout(() => say("draft", { answer: answer() }), 200);
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.matches("textarea");
    if ((event.altKey && event.shiftKey) || (event.key === "?" && !typing)) {
      event.preventDefault();
      say("key", { key: event.key, ctrl: event.ctrlKey, shift: event.shiftKey, alt: event.altKey });
    } else if (/^[123]$/.test(event.key) && !typing) {
      form.elements.topic[Number(event.key) - 1].click();
    } else if (event.key === "Enter" && event.ctrlKey) {
      form.requestSubmit();
    }
  });
  say("hello");
</script></body></html>`;
}

// A page that shows one scene at a time as Slack frames it: window.show(frame, theme) draws it and returns its size.
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { Message } from "slack-blocks-to-jsx";
import "slack-blocks-to-jsx/dist/style.css";
import "./slack.css";

const Avatar = ({ size }) => (
  <svg className="avatar" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
    <rect width="36" height="36" rx="8" fill="#1f5f5b" />
    <path d="M9 8h18a4 4 0 0 1 4 4v9a4 4 0 0 1-4 4h-8l-7 5v-5H9a4 4 0 0 1-4-4v-9a4 4 0 0 1 4-4z" fill="#fff" />
    <circle cx="18" cy="16.5" r="6" fill="none" stroke="#1f5f5b" strokeWidth="2" />
    <path d="M18 13v3.7l2.6 1.6" fill="none" stroke="#e8912d" strokeWidth="2" strokeLinecap="round" />
  </svg>
);

// Texts as Slack reads them: the renderer takes "verbatim" for an order not to format, and reads any two colons as the
// ends of an emoji's name: another colon looks the same.
const read = (value) => {
  if (Array.isArray(value)) return value.map(read);
  if (value === null || typeof value !== "object") return value;
  const { verbatim, ...kept } = value;
  if (value.type === "plain_text" || value.type === "mrkdwn") {
    return { ...kept, emoji: true, text: value.text.replace(/:(?=[^/])/g, "\ua789") };
  }
  return Object.fromEntries(Object.entries(kept).map(([name, each]) => [name, read(each)]));
};

// What the renderer leaves out of an input: Slack writes "(optional)" behind a label, and shows what a menu begins with.
const marked = (block) => {
  if (block.type !== "input") return block;
  const { label, element, optional } = block;
  const begun = element.type === "static_select" && element.initial_option;
  return {
    ...block,
    label: optional ? { ...label, text: `${label.text} (optional)` } : label,
    element: begun ? { ...element, placeholder: element.initial_option.text } : element,
  };
};

// ... and what it draws alike though Slack does not: an input of one line, and a menu in which something is chosen.
const mended = (blocks) => {
  for (const { element } of blocks.filter((each) => each.type === "input")) {
    const drawn = document.getElementById(element.action_id);
    if (element.type === "plain_text_input" && !element.multiline) drawn.classList.add("one-line");
    if (element.initial_option) drawn.classList.add("chosen");
  }
};

const Blocks = ({ blocks, theme }) => (
  <Message withoutWrapper blocks={blocks.map(read).map(marked)} theme={theme} name="" logo="" />
);

const One = ({ frame, blocks, theme, first }) => (
  <div className="message">
    <div className="gutter">{first && <Avatar size={36} />}</div>
    <div className="content">
      {first && (
        <div className="by">
          <b>{frame.app}</b> <span className="badge">APP</span> <span className="time">{frame.time}</span>
        </div>
      )}
      <Blocks blocks={blocks} theme={theme} />
      {first && frame.files.map((name) => <div key={name} className="file">📄 <b>{name}</b></div>)}
    </div>
  </div>
);

const Messages = ({ frame, theme }) => (
  <div className={`messages ${frame.where}`}>
    {frame.where === "thread" && <div className="head">Thread</div>}
    {frame.where === "whisper" && <div className="only">👁 Only visible to you</div>}
    {frame.messages.map((blocks, at) => (
      <One key={at} frame={frame} blocks={blocks} theme={theme} first={at === 0} />
    ))}
  </div>
);

const Modal = ({ frame, theme }) => (
  <div className="modal">
    <div className="top">
      <Avatar size={28} />
      <h1>{frame.view.title.text}</h1>
      <span className="cross">✕</span>
    </div>
    <div className="inside"><Blocks blocks={frame.view.blocks} theme={theme} /></div>
    <div className="bottom">
      <span className="button">{frame.view.close.text}</span>
      {frame.view.submit && <span className="button submit">{frame.view.submit.text}</span>}
    </div>
  </div>
);

const Home = ({ frame, theme }) => (
  <div className="home">
    <div className="top"><Avatar size={28} /><h1>{frame.app}</h1></div>
    <div className="tabs"><b>Home</b><span>Messages</span><span>About</span></div>
    <div className="inside"><Blocks blocks={frame.view.blocks} theme={theme} /></div>
  </div>
);

const KINDS = { modal: Modal, home: Home };
const root = createRoot(document.getElementById("root"));

window.show = async (frame, theme) => {
  const Kind = KINDS[frame.where] ?? Messages;
  document.body.dataset.theme = theme;
  flushSync(() => root.render(<div className="stage" key={frame.name}><Kind frame={frame} theme={theme} /></div>));
  mended(frame.view?.blocks ?? []);
  await document.fonts.ready;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const { width, height } = document.querySelector(".stage").getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height) };
};

// A page that shows one scene at a time as Teams frames it, at three widths: window.show(frame, theme) draws it and
// returns its size.
import { AdaptiveCard, HostConfig, GlobalSettings } from "adaptivecards";
import MarkdownIt from "markdown-it";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { useEffect, useRef } from "react";
import { config } from "./teams.config.js";
import "./teams.css";

const WIDTHS = [320, 480, 720];
const markdown = new MarkdownIt();
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};
GlobalSettings.setTabIndexAtCardRoot = false;

const Avatar = ({ size }) => (
  <svg className="avatar" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
    <rect width="36" height="36" rx="8" fill="#1f5f5b" />
    <path d="M9 8h18a4 4 0 0 1 4 4v9a4 4 0 0 1-4 4h-8l-7 5v-5H9a4 4 0 0 1-4-4v-9a4 4 0 0 1 4-4z" fill="#fff" />
    <circle cx="18" cy="16.5" r="6" fill="none" stroke="#1f5f5b" strokeWidth="2" />
    <path d="M18 13v3.7l2.6 1.6" fill="none" stroke="#e8912d" strokeWidth="2" strokeLinecap="round" />
  </svg>
);

const drawn = (payload, theme) => {
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(config(theme));
  card.parse(payload);
  return card.render();
};

// A form, so that radio buttons of the other widths are not of the same group.
const Card = ({ payload, theme }) => {
  const place = useRef(null);
  useEffect(() => place.current.replaceChildren(drawn(payload, theme)), []);
  return <form className="card" ref={place} />;
};

const Message = ({ frame, theme, width }) => (
  <div className={`messages ${frame.where}`} style={{ width }}>
    <div className="by">
      {width > 320 && <Avatar size={32} />}
      <b>{frame.app}</b>
      <span className="time">{frame.time}</span>
    </div>
    {frame.where === "whisper" && <div className="only">👁 Only you can see this message</div>}
    {frame.cards.map((payload, at) => (
      <div key={at} className={payload.msteams?.width === "Full" ? "bubble full" : "bubble"}>
        <Card payload={payload} theme={theme} />
      </div>
    ))}
    {frame.files.map((name) => <div key={name} className="bubble file">📄 <b>{name}</b></div>)}
  </div>
);

const Dialog = ({ frame, theme, width }) => (
  <div className="dialog" style={{ width }}>
    <div className="top">
      <Avatar size={24} />
      <h1>{frame.dialog.title}</h1>
      <span className="cross">✕</span>
    </div>
    <Card payload={frame.dialog.card.content} theme={theme} />
  </div>
);

const root = createRoot(document.getElementById("root"));

window.show = async (frame, theme) => {
  const Kind = frame.where === "modal" ? Dialog : Message;
  document.body.dataset.theme = theme;
  const shown = WIDTHS.map((width) => <Kind key={width} frame={frame} theme={theme} width={width} />);
  flushSync(() => root.render(<div className="stage" key={frame.name + theme}>{shown}</div>));
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { width, height } = document.querySelector(".stage").getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height) };
};

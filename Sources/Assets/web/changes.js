/* Tells a reader that what the page shows has changed since. It loads nothing by itself and never touches a form: it
   asks, shows a hint with a link, and stays silent where it cannot ask. */
"use strict";
(() => {
    const bar = document.querySelector("[data-changes]");
    if (!bar) return;
    const words = bar.querySelector("template");
    const place = new URL(bar.dataset.changes, location.href);
    const asking = bar.dataset.way === "mark";
    const often = 60_000;
    const tries = 12;
    let source = null;
    let timer = 0;
    let failures = 0;
    let asked = Date.now();
    let isTold = false;

    // Part of the wait is chance, so that a thousand pages do not come back at once.
    const after = (pause, act) => {
        clearTimeout(timer);
        timer = setTimeout(act, pause * (0.75 + Math.random() / 2));
    };

    const isChanged = (field) => {
        if (field.type === "hidden" || field.disabled) return false;
        if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
        if (field instanceof HTMLSelectElement) {
            const chosen = [...field.options].findIndex((option) => option.defaultSelected);
            return field.selectedIndex !== Math.max(chosen, 0);
        }
        return "defaultValue" in field && field.value !== field.defaultValue;
    };
    const isWritten = () =>
        [...document.forms].some((form) => form.method === "post" && [...form.elements].some(isChanged));

    const stop = () => {
        clearTimeout(timer);
        if (source) source.close();
        source = null;
    };

    // What is being written is never lost: the change is then shown in a tab of its own.
    const keepWords = () => {
        const link = bar.querySelector("a");
        if (!link) return;
        const isKept = isWritten();
        bar.querySelector("[data-draft]").hidden = !isKept;
        if (isKept) link.target = "_blank";
        else link.removeAttribute("target");
    };

    const tell = () => {
        stop();
        isTold = true;
        bar.append(words.content.cloneNode(true));
        keepWords();
        bar.querySelector("button").addEventListener("click", () => {
            bar.querySelector(".changes-told").remove();
            isTold = false;
            begin();
        });
    };

    const fail = () => {
        stop();
        failures += 1;
        if (failures < tries) after(Math.min(3_000 * 2 ** failures, 600_000), begin);
    };

    const listen = () => {
        if (source) return;
        source = new EventSource(place);
        source.addEventListener("open", () => { failures = 0; });
        source.addEventListener("error", fail);
        source.addEventListener("changed", (event) => {
            place.searchParams.set("after", event.lastEventId);
            tell();
        });
    };

    const ask = async () => {
        asked = Date.now();
        try {
            const answer = await fetch(place, { cache: "no-store", redirect: "error" });
            if (!answer.ok) throw new Error(String(answer.status));
            const mark = (await answer.json()).mark;
            failures = 0;
            if (isTold || document.hidden) return;
            if (mark === place.searchParams.get("mark")) return begin();
            place.searchParams.set("mark", mark);
            tell();
        } catch {
            if (!isTold && !document.hidden) fail();
        }
    };

    const begin = () => {
        if (isTold || document.hidden) return;
        if (asking) after(Math.max(often - (Date.now() - asked), 1_000), ask);
        else listen();
    };

    document.addEventListener("input", keepWords);
    document.addEventListener("visibilitychange", () => (document.hidden ? stop() : begin()));
    addEventListener("pagehide", stop);
    addEventListener("pageshow", begin);
    begin();
})();

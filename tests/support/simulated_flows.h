#pragma once

#include <array>

namespace tests {

/// What the lives of the simulation are made of: every kind of step that runs.
inline const std::array simulatedFlows{
    R"({ "signalbox": 1, "name": "Order", "variables": { "seen": [] }, "start": "pay", "steps": {
        "pay": { "kind": "activity", "activity": "log", "with": { "message": "=input" },
            "retry": { "attempts": 3, "first": "PT10S", "growth": 2 }, "next": "paid",
            "onError": { "HttpError": "unpaid" } },
        "paid": { "kind": "wait", "event": "A", "where": "=event.n % 3 !== 0", "timeout": "PT1H",
            "clock": "pause", "next": "ship", "onTimeout": "unpaid" },
        "ship": { "kind": "wait", "event": "B", "next": "seen" },
        "seen": { "kind": "set", "append": { "seen": "=steps.ship.n" }, "next": "more" },
        "more": { "kind": "choice", "cases": [ { "when": "=vars.seen.length < 3", "next": "ship" } ],
            "otherwise": "done" },
        "done": { "kind": "end", "output": "=vars.seen" },
        "unpaid": { "kind": "fail", "type": "Unpaid", "message": "=input" } } })",
    R"({ "signalbox": 1, "name": "Votes", "start": "all", "steps": {
        "all": { "kind": "wait", "allOf": ["A", "B", "C"], "count": 2, "timeout": "PT30M",
            "default": {}, "next": "first" },
        "first": { "kind": "wait", "anyOf": { "B": "again", "C": "pause" }, "timeout": "PT20M",
            "onTimeout": "done" },
        "pause": { "kind": "timer", "after": "PT5M", "next": "first" },
        "again": { "kind": "activity", "activity": "log", "with": { "message": "again" },
            "next": "batch", "onError": { "*": "all" } },
        "batch": { "kind": "collect", "event": "A", "clock": "pause",
            "until": { "count": 3, "timeout": "PT45M", "when": "=events.some(e => e.n % 5 === 0) === true" },
            "next": "done" },
        "done": { "kind": "end", "output": "=[steps.all, steps.first, steps.batch]" } } })",
    R"({ "signalbox": 1, "name": "Counting", "variables": { "n": 0 }, "start": "add",
        "events": { "B": { "schema": { "required": ["nothing"] }, "onInvalid": "ignore" } }, "steps": {
        "add": { "kind": "set", "variables": { "n": "=vars.n + 1" }, "next": "more" },
        "more": { "kind": "choice", "cases": [ { "when": "=vars.n % 7 !== 0", "next": "add" } ],
            "otherwise": "wait" },
        "wait": { "kind": "wait", "event": "C", "timeout": "PT2H", "next": "add" } } })",
    R"flow({ "signalbox": 1, "name": "Regions", "variables": { "rounds": 0, "seen": [] }, "start": "each", "steps": {
        "each": { "kind": "forEach", "items": "[3, 1, 4, 1, 5].slice(0, 2 + vars.rounds)", "as": "size", "atOnce": 2,
            "do": "split", "join": "met", "onError": { "*": "count" } },
        "split": { "kind": "parallel", "branches": ["work", "vote", "pause"], "join": "gate",
            "onError": { "JoinFailed": "vote2" } },
        "work": { "kind": "activity", "activity": "log", "with": { "message": "=[index, size]" },
            "retry": { "attempts": 2, "first": "PT10S" }, "next": "gate" },
        "vote": { "kind": "wait", "event": "A", "where": "event.n % 2 === index % 2", "timeout": "PT30M", "next": "gate" },
        "pause": { "kind": "timer", "after": "PT20M", "next": "odd" },
        "odd": { "kind": "choice", "cases": [ { "when": "=size % 2 === 1", "next": "gate" } ], "otherwise": "wrong" },
        "wrong": { "kind": "fail", "type": "Even", "message": "=size" },
        "gate": { "kind": "join", "mode": 2, "next": "note" },
        "note": { "kind": "set", "append": { "seen": "=[index, steps.gate]" }, "next": "met" },
        "vote2": { "kind": "wait", "event": "B", "timeout": "PT1H", "next": "met" },
        "met": { "kind": "join", "mode": "all", "next": "count" },
        "count": { "kind": "set", "variables": { "rounds": "=vars.rounds + 1" }, "next": "more" },
        "more": { "kind": "choice", "cases": [ { "when": "=vars.rounds < 4", "next": "each" } ], "otherwise": "done" },
        "done": { "kind": "end", "output": "=vars.seen.length" } } })flow",
    // Calls a child under an id of its own or one that others use too, tells others, and begins anew.
    R"flow({ "signalbox": 1, "name": "Parent", "variables": { "n": 0 }, "start": "which", "steps": {
        "which": { "kind": "choice", "cases": [
            { "when": "=input % 4 === 0", "next": "shared" },
            { "when": "=input % 4 === 1", "next": "alone" } ], "otherwise": "own" },
        "own": { "kind": "subFlow", "flow": "=input % 5 === 0 ? 'Parent' : 'Child'",
            "input": "=(input - input % 5) / 5", "next": "tell",
            "onError": { "Terminated": "tell", "*": "failed" } },
        "shared": { "kind": "subFlow", "flow": "Child", "id": "=`c${input % 3}`", "input": "=input",
            "next": "tell", "onError": { "*": "tell" } },
        "alone": { "kind": "subFlow", "flow": "Child", "wait": false, "input": "=input % 7 ? input : 'x'",
            "next": "tell", "onError": { "*": "tell" } },
        "tell": { "kind": "send", "instance": "=`i${input % 7}`", "event": "A", "data": { "n": "=input" },
            "next": "wait" },
        "wait": { "kind": "wait", "event": "A", "timeout": "PT10M", "onTimeout": "more", "next": "more" },
        "more": { "kind": "choice", "cases": [ { "when": "=input > 0", "next": "again" } ],
            "otherwise": "done" },
        "again": { "kind": "continueAsNew", "input": "=input - 1" },
        "failed": { "kind": "fail", "type": "ChildFailed", "message": "=error.message" },
        "done": { "kind": "end", "output": "=input" } } })flow",
    // Asks people under each policy, with everything that their time can bring.
    R"flow({ "signalbox": 1, "name": "Asking", "variables": { "rounds": 0 }, "start": "front", "steps": {
        "front": { "kind": "approval", "due": "PT2H", "default": "yes", "outcomes": {
            "yes": { "kind": "positive", "next": "ask" }, "no": { "kind": "negative", "next": "count" },
            "later": { "next": "front" } } },
        "ask": { "kind": "approval", "assignees": ["ann", "bob", "cid"], "policy": 2,
            "outcomes": { "yes": { "kind": "positive", "next": "split" },
                "no": { "kind": "negative", "next": "count" }, "later": { "next": "count" } },
            "due": "PT3H", "default": "later", "clock": "pause", "remind": "PT25M",
            "escalate": [ { "after": "PT30M", "to": "boss" }, { "after": "PT1H", "to": "zoe", "replace": true } ] },
        "split": { "kind": "parallel", "branches": ["one", "all", "turn"], "join": "gate" },
        "one": { "kind": "approval", "outcomes": { "yes": { "kind": "positive", "next": "gate" },
            "no": { "kind": "negative", "next": "gate" }, "later": { "next": "one" } } },
        "all": { "kind": "approval", "policy": "everyone", "assignees": ["ann", "boss"],
            "outcomes": { "yes": { "kind": "positive", "next": "gate" },
                "no": { "kind": "negative", "next": "gate" } }, "due": "PT2H", "onTimeout": "gate" },
        "turn": { "kind": "approval", "policy": "sequence", "assignees": ["bob", "zoe"],
            "outcomes": { "yes": { "kind": "positive", "next": "gate" },
                "no": { "kind": "negative", "next": "gate" } }, "remind": { "after": "PT5M", "times": 1 } },
        "gate": { "kind": "join", "mode": 2, "next": "count" },
        "count": { "kind": "set", "variables": { "rounds": "=vars.rounds + 1" }, "next": "more" },
        "more": { "kind": "choice", "cases": [ { "when": "=vars.rounds < 4", "next": "front" } ], "otherwise": "done" },
        "done": { "kind": "end", "output": "=vars.rounds" } } })flow",
    R"flow({ "signalbox": 1, "name": "Child", "start": "wait", "input": { "type": "number" }, "steps": {
        "wait": { "kind": "wait", "anyOf": { "A": "work", "B": "done" }, "timeout": "PT15M",
            "onTimeout": "late" },
        "work": { "kind": "activity", "activity": "log", "with": { "message": "=input" }, "next": "done" },
        "late": { "kind": "fail", "type": "Late", "message": "=input" },
        "done": { "kind": "end", "output": "=input" } } })flow",
};

} // namespace tests

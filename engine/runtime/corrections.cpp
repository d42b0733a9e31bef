#include "engine/runtime/corrections.h"

#include "engine/history/branch_path.h"
#include "engine/history/json_slices.h"
#include "engine/model/handlers.h"
#include "engine/model/regions.h"
#include "engine/model/written_json.h"
#include "engine/runtime/event_payload.h"
#include "engine/runtime/interrupts.h"
#include "engine/runtime/steps/open_waits.h"

#include <algorithm>
#include <utility>

namespace engine {
namespace {

/// Values are said in full in the audit log up to this length.
constexpr std::size_t longestSaid = 1024;

std::string instanceOf(const Deciding &deciding)
{
    return "instance '" + deciding.state().instance.value + "'";
}

/// Whether it is refused for what all corrections have in common.
bool isRefused(Deciding &deciding, const std::string &reason)
{
    if (isFinished(deciding.state()))
        deciding.refuse({ErrorCode::Finished, instanceOf(deciding) + " is over already", {}});
    else if (reason.empty())
        deciding.refuse({ErrorCode::InvalidArgument,
            "'reason' is missing: a correction needs one, for those who look at it later",
            "/reason"});
    else
        return false;
    return true;
}

const BranchState *liveBranch(Deciding &deciding, const BranchPath &path)
{
    const auto found = deciding.state().branches.find(path);
    if (found != deciding.state().branches.end())
        return &found->second;
    deciding.refuse({ErrorCode::NotFound,
        instanceOf(deciding) + " has no live branch '" + path.value + "'", "/branch"});
    return nullptr;
}

Error standsElsewhere(const BranchPath &path, const BranchState &branch, const StepId &step)
{
    return {ErrorCode::WrongState,
        "branch '" + path.value + "' stands on step '" + branch.step.value + "', not on '" +
            step.value + "'",
        {}};
}

void wrong(Deciding &deciding, std::string message, std::string pointer)
{
    deciding.refuse({ErrorCode::InvalidArgument, std::move(message), std::move(pointer)});
}

std::string said(const JsonText &value)
{
    if (value.text().size() <= longestSaid)
        return value.text();
    return "\"" + std::to_string(value.text().size()) + " bytes\"";
}

JsonText variablesText(const std::vector<std::pair<std::string, JsonText>> &values)
{
    std::string text = "{";
    for (const auto &[name, value] : values)
        text += (text.size() > 1 ? "," : "") + JsonText::ofString(name).text() + ":" + said(value);
    return JsonText::trusted(text += '}');
}

// ── skipping ─────────────────────────────────────────────────────────────────────────────────────

/// The payload as its declaration wants it; nothing if it is wrong, which is then the answer.
std::optional<JsonText> checkedPayload(
    Deciding &deciding, const std::string &event, const JsonText &payload, const std::string &at)
{
    const EventDeclaration *declaration = findEvent(deciding.flow().flow(), event);
    CheckedPayload checked = checkPayload(declaration, payload);
    if (checked.faults.empty())
        return std::move(checked.payload);
    wrong(deciding, "event '" + event + "' does not match its schema: " + sentence(checked.faults),
        "/result" + at + checked.faults.front().pointer);
    return {};
}

/// What an operator hands in for an open wait, ready to leave with.
class StandIn
{
public:
    StandIn(Deciding &deciding, const SkipStep &message, const WaitStep &body)
        : m_deciding(deciding)
        , m_message(message)
        , m_body(body)
        , m_given(message.result.value_or(JsonText()))
    {}

    /// Nothing if it is refused.
    std::optional<StepLeft> left()
    {
        StepLeft left{.branch = m_message.branch,
            .step = m_message.step,
            .way = "next",
            .to = m_body.next};
        if (m_body.mode != WaitMode::Any && !m_message.event.empty()) {
            wrong(m_deciding, "'event' says which of several came; this step waits for no such choice",
                "/event");
            return {};
        }
        if (m_body.mode == WaitMode::All)
            left.result = resultByName();
        else if (m_body.mode == WaitMode::Any)
            left.result = resultOfOne(left);
        else
            left.result = checkedPayload(m_deciding, m_body.events.front().first, m_given, {});
        return left.result ? std::optional(std::move(left)) : std::nullopt;
    }

private:
    std::optional<JsonText> resultOfOne(StepLeft &left)
    {
        const auto way = std::ranges::find_if(m_body.events,
            [&](const auto &event) { return sameEventName(event.first, m_message.event); });
        if (way == m_body.events.end()) {
            wrong(m_deciding, "'event' must name one of the events that step '" +
                                  m_message.step.value + "' waits for",
                "/event");
            return {};
        }
        const auto payload = checkedPayload(m_deciding, way->first, m_given, {});
        if (!payload)
            return {};
        left.way = "event:" + way->first;
        left.to = way->second;
        return JsonText::trusted("{\"event\":" + JsonText::ofString(way->first).text() +
                                 ",\"data\":" + payload->text() + "}");
    }

    /// What it took already stays unless it is given anew.
    std::optional<JsonText> resultByName()
    {
        const auto given = membersOf(m_given.text());
        if (!given) {
            wrong(m_deciding, "'result' must be an object: the events by their names", "/result");
            return {};
        }
        std::map<std::string, JsonText> byName;
        for (const Outcome &one : m_deciding.state().branches.at(m_message.branch).outcomes)
            byName[one.name] = one.value;
        for (const MemberSlice &member : *given) {
            const std::string key = unquoted('"' + std::string(member.key) + '"');
            const auto name = std::ranges::find_if(m_body.events,
                [&](const auto &event) { return sameEventName(event.first, key); });
            if (name == m_body.events.end()) {
                wrong(m_deciding, "step '" + m_message.step.value + "' waits for no event '" +
                                      key + "'",
                    "/result");
                return {};
            }
            auto payload = checkedPayload(m_deciding, name->first,
                JsonText::trusted(std::string(member.value)), "/" + name->first);
            if (!payload)
                return {};
            byName[name->first] = *std::move(payload);
        }
        return variablesObject(byName);
    }

    JsonText variablesObject(const std::map<std::string, JsonText> &byName) const
    {
        std::string text = "{";
        for (const auto &[event, next] : m_body.events) {
            if (const auto one = byName.find(event); one != byName.end())
                text += (text.size() > 1 ? "," : "") + JsonText::ofString(event).text() + ":" +
                        one->second.text();
        }
        return JsonText::trusted(text += '}');
    }

    Deciding &m_deciding;
    const SkipStep &m_message;
    const WaitStep &m_body;
    JsonText m_given;
};

/// The list that a collect leaves with; what it has if none is given. Nothing if it is refused.
std::optional<JsonText> collected(
    Deciding &deciding, const SkipStep &message, const CollectStep &body)
{
    if (!message.result)
        return listOf(deciding.state().branches.at(message.branch).outcomes);
    const auto elements = elementsOf(message.result->text());
    if (!elements) {
        wrong(deciding, "'result' must be a list of what events '" + body.event + "' would have brought",
            "/result");
        return {};
    }
    std::string text = "[";
    for (const std::string_view element : *elements) {
        const std::string at = "/" + std::to_string(&element - elements->data());
        const auto payload = checkedPayload(
            deciding, body.event, JsonText::trusted(std::string(element)), at);
        if (!payload)
            return {};
        text += (text.size() > 1 ? "," : "") + payload->text();
    }
    return JsonText::trusted(text += ']');
}

/// How the step is left; nothing if it is refused. Of a timer it is not asked.
std::optional<StepLeft> standIn(Deciding &deciding, const SkipStep &message, const Step &step)
{
    if (const auto *wait = std::get_if<WaitStep>(&step.body))
        return StandIn(deciding, message, *wait).left();
    const auto &body = std::get<CollectStep>(step.body);
    auto list = collected(deciding, message, body);
    if (!list)
        return {};
    return StepLeft{.branch = message.branch,
        .step = message.step,
        .way = "next",
        .to = body.next,
        .result = *std::move(list)};
}

/// What is open of the kind on the branch: its wait, or its timer.
Sequence openOn(const auto &open, const BranchPath &branch)
{
    const auto found = std::ranges::find_if(
        open, [&branch](const auto &one) { return one.second.branch == branch; });
    return found == open.end() ? 0 : found->first;
}

bool canBeSkipped(Deciding &deciding, const SkipStep &message, const Step &step)
{
    const bool waits = std::holds_alternative<WaitStep>(step.body) ||
                       std::holds_alternative<CollectStep>(step.body);
    const bool isTimer = std::holds_alternative<TimerStep>(step.body);
    if (!waits && !isTimer) {
        const bool asks = std::holds_alternative<ApprovalStep>(step.body);
        wrong(deciding, "step '" + step.id.value + "' is no wait and no timer; " +
                            (asks ? "answer its task instead" : "move the branch to another step instead"),
            "/step");
        return false;
    }
    if (isTimer && (message.result || !message.event.empty())) {
        wrong(deciding, "a timer has no result of yours; leave 'result' and 'event' out", "/result");
        return false;
    }
    const InstanceState &state = deciding.state();
    if (state.suspended == 0 && !isHalted(state, message.branch))
        return true;
    deciding.refuse({ErrorCode::WrongState,
        state.suspended != 0 ? instanceOf(deciding) + " is suspended; resume it first"
                             : "branch '" + message.branch.value +
                                   "' halts until the handler of an interrupt is done",
        {}});
    return false;
}

void auditSkip(Deciding &deciding, const SkipStep &message, const std::optional<JsonText> &result)
{
    deciding.audit({.source = message.source,
        .operation = "skip",
        .about = "branch/" + message.branch.value,
        .before = JsonText::trusted(
            "{\"step\":" + JsonText::ofString(message.step.value).text() + "}"),
        .after = JsonText::trusted("{\"result\":" + said(result.value_or(JsonText())) + "}"),
        .reason = message.reason});
}

// ── moving ───────────────────────────────────────────────────────────────────────────────────────

/// Where a step lies: in whose handler, and in which innermost region.
struct Home {
    std::size_t handler = Handlers::none;
    StepId region; ///< the step that opens it; empty: none

    bool operator==(const Home &) const = default;
};

/// Where the steps of a flow lie.
class Homes
{
public:
    explicit Homes(const Flow &flow)
        : m_flow(flow)
        , m_graph(flow)
        , m_handlers(flow, m_graph)
        , m_regions(regionsOf(flow, m_graph))
    {}

    Home of(const StepId &id) const
    {
        const std::size_t step = m_graph.indexOf(id);
        Home home{m_handlers.homeOf(step), {}};
        auto smallest = m_flow.steps.size() + 1;
        for (const Region &region : m_regions) {
            const auto size = static_cast<std::size_t>(std::ranges::count(region.steps, true));
            if (region.has(step) && size < smallest) {
                smallest = size;
                home.region = m_flow.steps[region.opener].id;
            }
        }
        return home;
    }

private:
    const Flow &m_flow;
    FlowGraph m_graph;
    Handlers m_handlers;
    std::vector<Region> m_regions;
};

/// Why the branch cannot go to the step; empty if it can.
std::string whyNotTo(const Deciding &deciding, const BranchState &branch, const StepId &to)
{
    const InstanceState &state = deciding.state();
    const std::string quoted = "step '" + to.value + "'";
    const Step *step = deciding.flow().step(to);
    if (!step)
        return "there is no " + quoted + " in flow '" + state.flow.value + "'";
    if (std::holds_alternative<NoteStep>(step->body))
        return quoted + " is a note, which nothing goes to";
    const auto region = state.regions.find(branch.region);
    if (std::holds_alternative<JoinStep>(step->body)) {
        const Step *opener =
            region == state.regions.end() ? nullptr : deciding.flow().step(region->second.step);
        const StepId *join = opener ? joinOf(*opener) : nullptr;
        return join && *join == to ? "" : quoted + " is the join of branches that this is none of";
    }
    const Homes homes(deciding.flow().flow());
    const StepId stands = branch.step.empty() ? deciding.flow().flow().start : branch.step;
    if (homes.of(stands) == homes.of(to))
        return {};
    return quoted + " is not in the same " +
           (homes.of(stands).handler == homes.of(to).handler ? "branches" : "handler") +
           " as step '" + stands.value +
           "': a branch cannot leave or enter a parallel or for-each step, or a handler";
}

/// The branches inside are over, with their handlers, and so is what was open on the branch itself.
void closeStep(Deciding &deciding, const BranchPath &path)
{
    const BranchState &branch = deciding.state().branches.at(path);
    if (branch.around != 0) {
        deciding.closeWithin(insideOf(path, branch.step));
        for (const BranchPath &handler : handlersOf(deciding.state(), branch.around))
            deciding.closeBranch(handler);
    }
    deciding.closeOn(path);
}

} // namespace

void editVariables(Deciding &deciding, const EditVariables &message)
{
    if (isRefused(deciding, message.reason))
        return;
    if (message.values.empty())
        return wrong(deciding, "'values' is empty; name the variables and their values", "/values");
    std::vector<std::pair<std::string, JsonText>> before;
    for (const auto &[name, value] : message.values) {
        const auto found = deciding.state().variables.find(name);
        before.emplace_back(
            name, found == deciding.state().variables.end() ? JsonText() : valueOf(found->second));
    }
    deciding.add(VariablesEdited{message.values, message.reason, message.source});
    deciding.audit({.source = message.source,
        .operation = "editVariables",
        .before = variablesText(before),
        .after = variablesText(message.values),
        .reason = message.reason});
}

void skipStep(Deciding &deciding, const SkipStep &message)
{
    if (isRefused(deciding, message.reason))
        return;
    const BranchState *branch = liveBranch(deciding, message.branch);
    if (!branch)
        return;
    if (!branch->entered || branch->step != message.step)
        return deciding.refuse(standsElsewhere(message.branch, *branch, message.step));
    const Step &step = *deciding.flow().step(message.step);
    if (!canBeSkipped(deciding, message, step))
        return;
    const StepSkipped skipped{message.branch, message.step, message.reason, message.source};
    if (std::holds_alternative<TimerStep>(step.body)) {
        const Sequence timer = openOn(deciding.state().timers, message.branch);
        const OpenTimer open = deciding.state().timers.at(timer);
        deciding.add(skipped);
        deciding.cancelTimer(timer);
        passTimer(deciding, open);
        return auditSkip(deciding, message, {});
    }
    auto left = standIn(deciding, message, step);
    if (!left)
        return;
    auditSkip(deciding, message, left->result);
    deciding.add(skipped);
    closeWait(deciding, openOn(deciding.state().waits, message.branch));
    deciding.leave(*std::move(left));
}

void moveBranch(Deciding &deciding, const MoveBranch &message)
{
    if (isRefused(deciding, message.reason))
        return;
    const BranchState *branch = liveBranch(deciding, message.branch);
    if (!branch)
        return;
    if (!message.from.empty() && branch->step != message.from)
        return deciding.refuse(standsElsewhere(message.branch, *branch, message.from));
    if (std::string why = whyNotTo(deciding, *branch, message.to); !why.empty())
        return wrong(deciding, std::move(why), "/to");
    const StepId from = branch->step;
    closeStep(deciding, message.branch);
    deciding.add(BranchMoved{message.branch, from, message.to, message.reason, message.source});
    deciding.audit({.source = message.source,
        .operation = "move",
        .about = "branch/" + message.branch.value,
        .before =
            JsonText::trusted("{\"step\":" + JsonText::ofString(from.value).text() + "}"),
        .after = JsonText::trusted(
            "{\"step\":" + JsonText::ofString(message.to.value).text() + "}"),
        .reason = message.reason});
}

} // namespace engine

#include "engine/model/expression_check.h"

#include "engine/base/json_pointer.h"
#include "engine/base/overloaded.h"
#include "engine/model/nearest_name.h"
#include "engine/model/written_json.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace engine {

/// An expression and its place.
struct ExpressionUse {
    std::string pointer;
    std::string source;
    std::string_view gives = {}; ///< a name that is there in this member only
    bool isProgram = false;      ///< the code of a script
};

namespace {

using Use = ExpressionUse;

constexpr std::array<std::string_view, 7> everywhere{
    "input", "vars", "steps", "instance", "now", "callbackUrl", "undefined"};

/// The expressions of a step or an event, each with its place.
class Collector
{
public:
    explicit Collector(std::string pointer)
        : m_step(std::move(pointer))
    {}

    /// Those that see nothing but the payload.
    void addOfPayload(const EventDeclaration &event)
    {
        if (event.correlate)
            m_uses.push_back(
                {childPointer(pointer("correlate"), "event"), event.correlate->event.source, "event"});
        if (!event.startsFlow)
            return;
        addTemplate(childPointer(pointer("startsFlow"), "id"), event.startsFlow->id);
        addTemplate(childPointer(pointer("startsFlow"), "input"), event.startsFlow->input);
    }
    void addOfInstance(const Correlation &correlation)
    {
        m_uses.push_back(
            {childPointer(pointer("correlate"), "instance"), correlation.instance.source});
    }

    void operator()(const ActivityStep &step)
    {
        const auto written = writtenJson(step.with.written.text());
        const WrittenValue *code =
            step.activity == "script" && written ? findMember(*written, "code") : nullptr;
        addTemplate(pointer("with"), step.with);
        if (!code || code->kind != JsonKind::String)
            return;
        const std::string place = childPointer(pointer("with"), "code");
        std::erase_if(m_uses, [&place](const Use &use) { return use.pointer == place; });
        std::string source = unquoted(code->in(step.with.written.text()));
        if (source.starts_with('='))
            source.erase(0, 1);
        m_uses.push_back({place, std::move(source), {}, true});
    }
    void operator()(const WaitStep &step)
    {
        if (step.where)
            m_uses.push_back({pointer("where"), step.where->source, "event"});
        addTemplate(pointer("timeout"), step.timeout);
        addTemplate(pointer("default"), step.fallback);
    }
    void operator()(const TimerStep &step)
    {
        addTemplate(pointer("after"), step.after);
        addTemplate(pointer("at"), step.at);
    }
    void operator()(const ChoiceStep &step)
    {
        for (std::size_t i = 0; i < step.cases.size(); ++i)
            m_uses.push_back({childPointer(childPointer(pointer("cases"), i), "when"),
                step.cases[i].when.source});
    }
    void operator()(const SetStep &step)
    {
        for (const auto &[name, value] : step.variables)
            addTemplate(childPointer(pointer("variables"), name), value);
        for (const auto &[name, value] : step.append)
            addTemplate(childPointer(pointer("append"), name), value);
        addTemplate(pointer("status"), step.status);
    }
    void operator()(const EndStep &step) { addTemplate(pointer("output"), step.output); }
    void operator()(const FailStep &step)
    {
        addTemplate(pointer("type"), step.type);
        addTemplate(pointer("message"), step.message);
        addTemplate(pointer("details"), step.details);
    }
    void operator()(const CollectStep &step)
    {
        addTemplate(childPointer(pointer("until"), "timeout"), step.timeout);
        if (step.when)
            m_uses.push_back({childPointer(pointer("until"), "when"), step.when->source, "events"});
    }
    void operator()(const ParallelStep &) {}
    void operator()(const JoinStep &) {}
    void operator()(const ForEachStep &step)
    {
        m_uses.push_back({pointer("items"), step.items.source});
    }
    void operator()(const SubFlowStep &step)
    {
        addTemplate(pointer("flow"), step.flow);
        addTemplate(pointer("input"), step.input);
        addTemplate(pointer("id"), step.id);
    }
    void operator()(const SendStep &step)
    {
        addTemplate(pointer("instance"), step.instance);
        addTemplate(pointer("data"), step.data);
    }
    void operator()(const EmitStep &step)
    {
        addTemplate(pointer("url"), step.url);
        addTemplate(pointer("type"), step.type);
        addTemplate(pointer("data"), step.data);
    }
    void operator()(const ContinueAsNewStep &step) { addTemplate(pointer("input"), step.input); }
    void operator()(const ApprovalStep &step)
    {
        addTemplate(pointer("title"), step.title);
        addTemplate(pointer("text"), step.text);
        addTemplate(pointer("assignees"), step.assignees);
        addTemplate(pointer("due"), step.due);
        if (step.remind) {
            addTemplate(childPointer(pointer("remind"), "after"), step.remind->after);
            addTemplate(childPointer(pointer("remind"), "every"), step.remind->every);
        }
        for (std::size_t i = 0; i < step.escalate.size(); ++i) {
            const std::string level = step.escalate.size() == 1
                                          ? pointer("escalate")
                                          : childPointer(pointer("escalate"), i);
            addTemplate(childPointer(level, "after"), step.escalate[i].after);
            addTemplate(childPointer(level, "to"), step.escalate[i].to);
        }
    }
    void operator()(const NoteStep &) {}
    void operator()(const UnknownStep &) {}
    void operator()(const ResumeStep &) {}

    std::vector<Use> uses() { return std::move(m_uses); }

private:
    std::string pointer(std::string_view member) const { return childPointer(m_step, member); }

    void addTemplate(const std::string &pointer, const std::optional<Template> &value)
    {
        if (!value || isConstant(*value))
            return;
        if (const auto written = writtenJson(value->written.text()))
            addValue(pointer, value->written.text(), *written);
    }

    /// No deeper than the scanner went.
    void addValue(const std::string &pointer, const std::string &text, const WrittenValue &value)
    {
        if (value.kind == JsonKind::String) {
            const std::string content = unquoted(value.in(text));
            if (content.starts_with('=') && !content.starts_with("=="))
                m_uses.push_back({pointer, content.substr(1)});
        }
        for (std::size_t i = 0; i < value.members.size(); ++i) {
            const WrittenMember &member = value.members[i];
            addValue(value.kind == JsonKind::Array ? childPointer(pointer, i)
                                                   : childPointer(pointer, member.key),
                text, member.value);
        }
    }

    std::string m_step;
    std::vector<Use> m_uses;
};

bool isOneOf(const std::string &name, const std::vector<std::string> &names)
{
    return std::ranges::find(names, name) != names.end();
}

/// A string of the file with another expression. A script is source as it stands.
Mend expressionMend(const Use &use, const std::string &source)
{
    return replaceByText(use.pointer, (use.isProgram ? "" : "=") + source);
}

} // namespace

/// What is wrong with the names in one step's expressions.
class ExpressionCheck::NameCheck
{
public:
    NameCheck(ExpressionCheck &check, std::size_t step)
        : m_check(check)
        , m_step(check.m_flow.steps[step].id)
        , m_scope(everywhere.begin(), everywhere.end())
    {
        m_scope.insert(m_scope.end(), check.m_items[step].begin(), check.m_items[step].end());
        if (check.m_graph.isAfterError(step))
            m_scope.emplace_back("error");
        if (check.m_handlers.isHandler(step))
            m_scope.emplace_back("event");
    }

    /// What stands outside of all steps.
    NameCheck(ExpressionCheck &check, std::vector<std::string> scope)
        : m_check(check)
        , m_scope(std::move(scope))
    {}

    void check(const Use &use, const std::string &name)
    {
        constexpr std::string_view results = "steps.";
        constexpr std::string_view variables = "vars.";
        const bool ofInstance = isOneOf("input", m_scope);
        if (ofInstance && name.starts_with(results))
            return checkMember(use, name.substr(results.size()), results, m_check.m_steps);
        if (ofInstance && name.starts_with(variables))
            return checkMember(use, name.substr(variables.size()), variables, m_check.m_variables);
        std::vector<std::string> scope = m_scope;
        if (!use.gives.empty())
            scope.emplace_back(use.gives);
        if (isOneOf(name, scope))
            return;
        if (!isOneOf("input", scope))
            warn(use, "name-out-of-scope",
                "'%1' is not there: the event has not found its instance yet; read event.…", name);
        else if (m_step.empty() && name == "event")
            warn(use, "name-out-of-scope",
                "'%1' is not there: the key of the instance is read when a wait opens, before the "
                "event comes.",
                name);
        else if (name == "event")
            warn(use, "name-out-of-scope",
                "'%1' is there in 'where' and in the handlers of interrupts only; read steps.… of "
                "the wait.",
                name);
        else if (name == "error")
            warn(
                use, "name-out-of-scope", "'%1' is there only after a way out by 'onError'.", name);
        else if (name == "events")
            warn(use, "name-out-of-scope", "'%1' is there in 'until.when' of a collect step only.",
                name);
        else if (name == "item" || name == "index")
            warn(use, "name-out-of-scope", "'%1' is there in the branches of a forEach step only.",
                name);
        else
            warn(use, "unknown-name", "Nothing is called '%1' here.", name)
                .mend(meant(use, name, {}, scope));
    }

private:
    void checkMember(const Use &use, const std::string &member, std::string_view of,
        const std::set<std::string> &known)
    {
        if (known.contains(member))
            return;
        const bool result = of == "steps.";
        warn(use, result ? "unknown-result" : "unknown-variable",
            result ? "There is no step '%1' whose result could be read."
                   : "There is no variable '%1', and no step sets one.",
            member)
            .mend(meant(use, member, of, {known.begin(), known.end()}));
    }

    std::optional<Mend> meant(const Use &use, const std::string &name, std::string_view prefix,
        const std::vector<std::string> &names)
    {
        const auto near = nearestName(name, names);
        if (!near)
            return {};
        const std::string from = std::string(prefix) + name;
        return expressionMend(
            use, m_check.m_expressions.withName(use.source, from, std::string(prefix) + *near));
    }

    CheckReport::Added warn(
        const Use &use, std::string id, std::string text, const std::string &name)
    {
        return m_check.m_report.warning(
            std::move(id), {m_step, use.pointer}, std::move(text), {name});
    }

    ExpressionCheck &m_check;
    StepId m_step; ///< empty: none
    std::vector<std::string> m_scope;
};

ExpressionCheck::ExpressionCheck(
    const Flow &flow, const FlowGraph &graph, Expressions &expressions, CheckReport &report)
    : m_flow(flow)
    , m_graph(graph)
    , m_expressions(expressions)
    , m_report(report)
    , m_handlers(flow, graph)
    , m_items(flow.steps.size())
{
    for (const auto &[name, value] : flow.variables)
        m_variables.insert(name);
    for (const Step &step : flow.steps) {
        m_steps.insert(step.id.value);
        const auto *set = std::get_if<SetStep>(&step.body);
        for (const auto *values : {set ? &set->variables : nullptr, set ? &set->append : nullptr})
            for (std::size_t i = 0; values && i < values->size(); ++i)
                m_variables.insert((*values)[i].first);
    }
}

void ExpressionCheck::know(const std::vector<Region> &regions)
{
    for (const Region &region : regions) {
        const auto *each = std::get_if<ForEachStep>(&m_flow.steps[region.opener].body);
        for (std::size_t step = 0; each && step < region.steps.size(); ++step)
            if (region.has(step)) {
                m_items[step].push_back(each->as.empty() ? "item" : each->as);
                m_items[step].emplace_back("index");
            }
    }
}

void ExpressionCheck::check(std::size_t step)
{
    Collector collector(childPointer("/steps", m_flow.steps[step].id.value));
    std::visit(collector, m_flow.steps[step].body);
    NameCheck names(*this, step);
    for (const Use &use : collector.uses())
        checkUse(use, m_flow.steps[step].id, names);
}

void ExpressionCheck::check(const EventDeclaration &event)
{
    const std::string pointer = childPointer("/events", event.name);
    Collector ofPayload(pointer);
    ofPayload.addOfPayload(event);
    NameCheck payload(*this, {"event", "undefined"});
    for (const Use &use : ofPayload.uses())
        checkUse(use, {}, payload);
    if (!event.correlate)
        return;
    // The waits may stand in the branches of any for-each step.
    std::vector<std::string> scope(everywhere.begin(), everywhere.end());
    for (const auto &items : m_items)
        scope.insert(scope.end(), items.begin(), items.end());
    Collector ofInstance(pointer);
    ofInstance.addOfInstance(*event.correlate);
    NameCheck instance(*this, std::move(scope));
    for (const Use &use : ofInstance.uses())
        checkUse(use, {}, instance);
}

void ExpressionCheck::checkUse(const Use &use, const StepId &step, NameCheck &names)
{
    const CheckPlace place{step, use.pointer};
    if (use.source.find_first_not_of(" \t\r\n") == std::string::npos) {
        m_report.error("wrong-expression", place, "The expression is empty.");
        return;
    }
    const auto problems = problemsOf(use.source, use.isProgram);
    for (const ExpressionProblem &problem : problems) {
        const auto added = m_report.error("wrong-expression", place, "%1 (at character %2)",
            {problem.message, std::to_string(problem.position + 1)});
        if (!problem.instead.empty())
            added.mend(expressionMend(use, problem.instead));
    }
    if (problems.empty())
        for (const std::string &name : m_expressions.namesIn(use.source))
            names.check(use, name);
}

/// A script is the body of a function, or a lone expression.
std::vector<ExpressionProblem> ExpressionCheck::problemsOf(
    const std::string &source, bool isProgram)
{
    const std::string opening = "(function () {";
    auto problems = m_expressions.check(source);
    if (problems.empty() || !isProgram || !problems.front().instead.empty())
        return problems;
    problems = m_expressions.check(opening + source + "\n})");
    for (ExpressionProblem &problem : problems) {
        problem.position = std::clamp(problem.position - static_cast<int>(opening.size()), 0,
            static_cast<int>(source.size()));
        problem.instead.clear(); // it has the function around it
    }
    return problems;
}

} // namespace engine

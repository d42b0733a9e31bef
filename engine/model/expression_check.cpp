#include "engine/model/expression_check.h"

#include "engine/base/json_pointer.h"
#include "engine/base/overloaded.h"
#include "engine/model/written_json.h"

#include <algorithm>
#include <array>
#include <optional>

namespace engine {
namespace {

struct Use {
    std::string pointer;
    std::string source;
    bool isWhere = false;
    bool isProgram = false; ///< the code of a script
};

constexpr std::array<std::string_view, 7> everywhere{
    "input", "vars", "steps", "instance", "now", "callbackUrl", "undefined"};

/// The expressions of a step, each with its place.
class Collector
{
public:
    explicit Collector(const Step &step)
        : m_step(childPointer("/steps", step.id.value))
    {}

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
        m_uses.push_back({place, std::move(source), false, true});
    }
    void operator()(const WaitStep &step)
    {
        if (step.where)
            m_uses.push_back({pointer("where"), step.where->source, true});
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
            m_uses.push_back({childPointer(pointer("until"), "when"), step.when->source});
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
    void operator()(const NoteStep &) {}
    void operator()(const UnknownStep &) {}

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

class NameCheck
{
public:
    NameCheck(const Flow &flow, std::size_t step, const FlowGraph &graph, CheckReport &report)
        : m_step(flow.steps[step].id)
        , m_afterError(graph.isAfterError(step))
        , m_graph(graph)
        , m_report(report)
    {}

    void check(const Use &use, const std::string &name)
    {
        constexpr std::string_view results = "steps.";
        if (name.starts_with(results)) {
            const StepId step{name.substr(results.size())};
            if (m_graph.indexOf(step) == FlowGraph::nowhere)
                warn(use, "unknown-result", "There is no step '%1' whose result could be read.",
                    step.value);
            return;
        }
        if (std::ranges::find(everywhere, name) != everywhere.end() ||
            (name == "event" && use.isWhere) || (name == "error" && m_afterError))
            return;
        if (name == "event")
            warn(use, "name-out-of-scope",
                "'%1' is there in 'where' only; read steps.… of the wait.", name);
        else if (name == "error")
            warn(
                use, "name-out-of-scope", "'%1' is there only after a way out by 'onError'.", name);
        else
            warn(use, "unknown-name", "Nothing is called '%1' here.", name);
    }

private:
    void warn(const Use &use, std::string id, std::string text, const std::string &name)
    {
        m_report.warning(std::move(id), {m_step, use.pointer}, std::move(text), {name});
    }

    StepId m_step;
    bool m_afterError;
    const FlowGraph &m_graph;
    CheckReport &m_report;
};

} // namespace

void checkExpressions(const Flow &flow, std::size_t step, const FlowGraph &graph,
    Expressions &expressions, CheckReport &report)
{
    Collector collector(flow.steps[step]);
    std::visit(collector, flow.steps[step].body);
    NameCheck names(flow, step, graph, report);
    for (const Use &use : collector.uses()) {
        const CheckPlace place{flow.steps[step].id, use.pointer};
        if (use.source.find_first_not_of(" \t\r\n") == std::string::npos) {
            report.error("wrong-expression", place, "The expression is empty.");
            continue;
        }
        // A script is the body of a function, or a lone expression.
        auto problems = expressions.check(use.source);
        if (!problems.empty() && use.isProgram)
            problems = expressions.check("(function () {" + use.source + "\n})");
        for (const ExpressionProblem &problem : problems)
            report.error("wrong-expression", place, "%1 (at character %2)",
                {problem.message, std::to_string(problem.position + 1)});
        if (problems.empty())
            for (const std::string &name : expressions.namesIn(use.source))
                names.check(use, name);
    }
}

} // namespace engine

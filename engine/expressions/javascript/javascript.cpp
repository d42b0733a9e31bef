#include "engine/expressions/javascript/javascript.h"

#include "engine/expressions/javascript/bare_path.h"
#include "engine/expressions/javascript/names.h"
#include "engine/expressions/javascript/sandbox.h"
#include "engine/expressions/javascript/syntax.h"
#include "engine/expressions/javascript/watchdog.h"

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string>
#include <utility>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds expressionTime = 20ms;
// An engine that lives for months must not keep every text that it ever saw.
constexpr std::size_t compiledLimit = 4096;

/// Where a running call reports to.
struct Call {
    const Scope &scope;
    Milliseconds limit;
};

struct Compiled {
    SourceForm form = SourceForm::Expression;
    Mentions mentions;
    QJSValue function;
    std::optional<ExpressionProblem> problem;
};

using CompiledSources = std::map<std::string, Compiled, std::less<>>;

QString parameters(const Mentions &mentions)
{
    QStringList names(mentions.names.begin(), mentions.names.end());
    names << u"steps"_s << u"now"_s << QString::fromLatin1(checkpoint);
    return names.join(u',');
}

std::string numberText(double number)
{
    if (!std::isfinite(number))
        return "null";
    std::array<char, 32> text{};
    // Integers as JavaScript writes them, not as 1e+15.
    const bool integer = std::abs(number) < 1e15 && number == std::floor(number);
    const auto end = integer ? std::to_chars(text.data(), text.data() + text.size(),
                                   static_cast<long long>(number))
                             : std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end.ptr};
}

class JavaScript final : public Expressions
{
public:
    std::vector<ExpressionProblem> check(std::string_view source) override
    {
        const QString text = QString::fromUtf8(source.data(), qsizetype(source.size()));
        auto problems = newerForms(text);
        if (problems.empty()) {
            if (auto problem = parseProblem(m_sandbox, text, SourceForm::Expression))
                problems.push_back(std::move(*problem));
        }
        return problems;
    }

    std::vector<std::string> namesIn(std::string_view source) override
    {
        return namesRead(QString::fromUtf8(source.data(), qsizetype(source.size())));
    }

    std::string withName(
        std::string_view source, std::string_view from, std::string_view to) override
    {
        const auto text = [](std::string_view utf8) {
            return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
        };
        return engine::withName(text(source), text(from), text(to)).toStdString();
    }

    Result<JsonText> evaluate(
        std::string_view source, const Scope &scope, const ExpressionPlace &place) override
    {
        if (auto value = barePath(source, scope))
            return *std::move(value);
        auto value = valueOf(source, compiledFor(source, scope.itemNames), {scope, expressionTime});
        if (value || place.step.empty())
            return value;
        Error error = value.error();
        error.message = "step '" + std::string(place.step) + "', '" + std::string(place.field) +
                        "': " + error.message;
        return error;
    }

    Result<JsonText> run(std::string_view code, const Scope &scope, Milliseconds limit) override
    {
        const Compiled &expression = compiled(code, SourceForm::Expression);
        const Compiled &chosen = expression.problem ? compiled(code, SourceForm::Body) : expression;
        return valueOf(code, chosen, {scope, limit});
    }

private:
    /// An expression that reads names of its own is another one where they are not there.
    const Compiled &compiledFor(std::string_view source, const std::vector<std::string> &further)
    {
        if (further.empty())
            return compiled(source, SourceForm::Expression);
        std::string key(source);
        for (const std::string &name : further)
            (key += '\0') += name;
        if (const auto found = m_expressions.find(key); found != m_expressions.end())
            return found->second;
        return remember(m_expressions, key, compile(source, SourceForm::Expression, further));
    }

    const Compiled &compiled(std::string_view source, SourceForm form)
    {
        auto &known = form == SourceForm::Expression ? m_expressions : m_bodies;
        if (const auto found = known.find(source); found != known.end())
            return found->second;
        return remember(known, source, compile(source, form, {}));
    }

    static const Compiled &remember(CompiledSources &known, std::string_view key, Compiled compiled)
    {
        if (known.size() >= compiledLimit)
            known.clear();
        return known.emplace(key, std::move(compiled)).first->second;
    }

    Compiled compile(
        std::string_view source, SourceForm form, const std::vector<std::string> &further)
    {
        const QString text = QString::fromUtf8(source.data(), qsizetype(source.size()));
        Compiled compiled{.form = form};
        auto problems = newerForms(text);
        if (!problems.empty())
            compiled.problem = std::move(problems.front());
        else
            compiled.problem = parseProblem(m_sandbox, text, form);
        if (compiled.problem)
            return compiled;
        compiled.mentions = mentionedIn(text, further);
        compiled.function =
            m_sandbox.compile(parameters(compiled.mentions), functionBody(text, form));
        return compiled;
    }

    Result<JsonText> valueOf(std::string_view source, const Compiled &compiled, const Call &call)
    {
        if (compiled.problem)
            return failure(compiled.problem->message, compiled.problem->position);
        const auto answer = answerOf(compiled.function, compiled.mentions, call);
        if (!answer)
            return answer.error();
        if (answer->hasProperty(u"error"_s))
            return failure(answer->property(u"error"_s).toString().toStdString(),
                positionOfError(source, compiled, call));
        return jsonOf(*answer);
    }

    /// What Sandbox::call() answers, unless it had to be stopped.
    Result<QJSValue> answerOf(const QJSValue &function, const Mentions &mentions, const Call &call)
    {
        const QJSValueList values = arguments(mentions, call.scope);
        m_sandbox.bridge().stepResult = call.scope.step;
        m_watchdog.arm(call.limit);
        const QJSValue answer = m_sandbox.call(function, values);
        const auto verdict = m_watchdog.disarm();
        m_sandbox.bridge().stepResult = nullptr;
        if (verdict != Watchdog::Verdict::InTime) {
            m_sandbox.engine().setInterrupted(false);
            m_sandbox.engine().collectGarbage();
        }
        if (verdict == Watchdog::Verdict::TooMuchMemory)
            return failure("it takes too much memory", {});
        if (verdict == Watchdog::Verdict::TooLong)
            return failure(
                "it takes longer than " + std::to_string(call.limit.count()) + " ms", {});
        if (answer.isError())
            return failure(answer.toString().toStdString(), {});
        return answer;
    }

    QJSValueList arguments(const Mentions &mentions, const Scope &scope)
    {
        QJSValueList values;
        for (const QString &name : mentions.names)
            values << parsed(scope.value(name.toStdString()));
        values << stepResults(mentions, scope);
        values << (mentions.clockOrChance ? m_sandbox.begin(scope.now, scope.seed) : QJSValue());
        values << m_sandbox.checkpoint();
        return values;
    }

    QJSValue stepResults(const Mentions &mentions, const Scope &scope)
    {
        if (mentions.anyStep)
            return m_sandbox.steps();
        if (mentions.steps.empty())
            return {};
        QJSValue results = m_sandbox.engine().newObject();
        for (const QString &id : mentions.steps) {
            if (const auto result = scope.step(id.toStdString()))
                results.setProperty(id, m_sandbox.parse(*result));
        }
        return results;
    }

    QJSValue parsed(const std::optional<JsonText> &json)
    {
        return json ? m_sandbox.parse(*json) : QJSValue();
    }

    static Result<JsonText> jsonOf(const QJSValue &answer)
    {
        if (answer.isBool())
            return JsonText::trusted(answer.toBool() ? "true" : "false");
        if (answer.isNumber())
            return JsonText::trusted(numberText(answer.toNumber()));
        if (answer.isString())
            return limited(JsonText::ofString(answer.toString().toStdString()).text());
        const QJSValue json = answer.property(u"json"_s);
        return json.isString() ? limited(json.toString().toStdString()) : JsonText();
    }

    static Result<JsonText> limited(const std::string &text)
    {
        auto json = JsonText::parse(text);
        if (!json)
            return failure("the value cannot be kept: " + json.error().message, {});
        return json;
    }

    /// Evaluates once more with a line for each token; the same happens, because all is fixed.
    std::optional<int> positionOfError(
        std::string_view source, const Compiled &compiled, const Call &call)
    {
        const QString text = QString::fromUtf8(source.data(), qsizetype(source.size()));
        const QJSValue function =
            m_sandbox.compile(parameters(compiled.mentions), spreadBody(text, compiled.form));
        if (function.isError())
            return {};
        const auto answer = answerOf(function, compiled.mentions, call);
        if (!answer || !answer->property(u"line"_s).isNumber())
            return {};
        // The parameters stand on a line of their own.
        return positionOfLine(text, answer->property(u"line"_s).toInt() - 1);
    }

    static Error failure(const std::string &what, std::optional<int> position)
    {
        const std::string where =
            position ? " (at character " + std::to_string(*position + 1) + ")" : std::string();
        return {ErrorCode::InvalidArgument, what + where, {}};
    }

    Sandbox m_sandbox;
    CompiledSources m_expressions;
    CompiledSources m_bodies;
    // Last, so that it has ended before what it interrupts.
    Watchdog m_watchdog{[this] { m_sandbox.engine().setInterrupted(true); }};
};

} // namespace

std::unique_ptr<Expressions> makeJavaScript() { return std::make_unique<JavaScript>(); }

} // namespace engine

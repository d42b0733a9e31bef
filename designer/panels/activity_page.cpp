#include "designer/document/json_members.h"
#include "designer/document/new_step.h"
#include "designer/panels/bindings.h"
#include "designer/panels/inspector_pages.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::ActivityPage)
};

using engine::ActivityStep;
using engine::RetryPolicy;

/// A member of the activity's `with`.
struct Input {
    StepScope step;
    std::string key;
    QString label;

    MaybeTemplate read() const
    {
        auto value = member(step.body<ActivityStep>().with.written, key);
        return value ? MaybeTemplate(engine::templateFrom(std::move(*value))) : std::nullopt;
    }
    void write(const MaybeTemplate &value) const
    {
        step.editBody<ActivityStep>("with." + key, label, [&](ActivityStep &edited) {
            edited.with = engine::templateFrom(withMember(
                edited.with.written, key, value ? std::optional(value->written) : std::nullopt));
        });
    }
    FieldName field() const { return {"with/" + key, label}; }
};

Binding textOf(const Input &input)
{
    return textBinding(
        input.field(), [input] { return input.read(); },
        [input](const MaybeTemplate &value) { input.write(value); });
}

Binding valueOf(const Input &input)
{
    return valueBinding(
        input.field(), [input] { return input.read(); },
        [input](const MaybeTemplate &value) { input.write(value); });
}

void addTextCombo(InspectorForm &form, const Input &input, const std::vector<QString> &values)
{
    form.editableCombo(textOf(input), [values] {
        std::vector<ComboOption> options;
        for (const QString &value : values)
            options.push_back({value, value, {}, {}});
        return options;
    });
}

void addHttp(InspectorForm &form, const StepScope &step)
{
    form.row(
        [&] {
            addTextCombo(form, {step, "method", Words::tr("Method")},
                {QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"),
                    QStringLiteral("PATCH"), QStringLiteral("DELETE")});
            Binding url = textOf({step, "url", Words::tr("URL")});
            url.placeholder = QStringLiteral("https://… or =`${input.shop}/…`");
            form.text(url);
        },
        {2, 5});
    Binding headers = valueOf({step, "headers", Words::tr("Headers")});
    headers.placeholder = QStringLiteral("{ \"Accept\": \"application/json\" }");
    form.lines(headers, 2);
    Binding body = valueOf({step, "body", Words::tr("Body")});
    body.placeholder = QStringLiteral("=input");
    form.lines(body, 4);
}

void addLog(InspectorForm &form, const StepScope &step)
{
    Binding message = textOf({step, "message", Words::tr("Message")});
    message.placeholder = QStringLiteral("=`ship ${input.id}`");
    form.text(message);
    addTextCombo(form, {step, "level", Words::tr("Level")},
        {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
            QStringLiteral("error")});
}

void addScript(InspectorForm &form, const StepScope &step)
{
    Binding code = textOf({step, "code", Words::tr("JavaScript")});
    code.placeholder = QStringLiteral("return input.total * 1.19;");
    code.hint = Words::tr("Reads input, vars and steps; what it returns is the step's result.");
    form.lines(code, 9);
}

/// Any other activity: its input as JSON.
void addInput(InspectorForm &form, const StepScope &step)
{
    form.lines(
        valueBinding(
            {"with", Words::tr("Input")},
            [step] { return MaybeTemplate(step.body<ActivityStep>().with); },
            [step](MaybeTemplate value) {
                step.editBody<ActivityStep>("with", Words::tr("input"), [&](ActivityStep &edited) {
                    edited.with =
                        value.value_or(engine::templateFrom(engine::JsonText::trusted("{}")));
                });
            }),
        6);
}

ComboOption activityOption(const std::string &activity)
{
    if (activity == "http")
        return {QStringLiteral("http"), Words::tr("HTTP request"), {}, {}};
    if (activity == "log")
        return {QStringLiteral("log"), Words::tr("Log message"), {}, {}};
    if (activity == "script")
        return {QStringLiteral("script"), Words::tr("Script"), {}, {}};
    const QString name = QString::fromStdString(activity);
    return {name, name, {}, {}};
}

void addActivity(InspectorForm &form, const StepScope &step)
{
    form.combo(
        {.name = "activity",
            .label = Words::tr("What it does"),
            .read = [step] { return QString::fromStdString(step.body<ActivityStep>().activity); },
            .write =
                [step](const QString &activity) {
                    step.editBody<ActivityStep>(
                        {}, Words::tr("activity"), [&](ActivityStep &edited) {
                            const auto fresh = newStepBody(activity.toStdString());
                            edited.activity = activity.toStdString();
                            edited.with = std::get<ActivityStep>(fresh).with;
                        });
                    return QString();
                }},
        [] {
            return std::vector{
                activityOption("http"), activityOption("log"), activityOption("script")};
        },
        [step] { return activityOption(step.body<ActivityStep>().activity); });
}

/// The binding of one field of the retry policy.
template<typename Value>
std::pair<Read<Value>, Write<Value>> retryField(const StepScope &step, const std::string &name,
    const std::function<Value(const RetryPolicy &)> &read,
    const std::function<void(RetryPolicy &, Value)> &write)
{
    return {[step, read]() -> Value {
                const auto &retry = step.body<ActivityStep>().retry;
                return retry ? read(*retry) : Value();
            },
        [step, name, write](Value value) {
            step.editBody<ActivityStep>(
                "retry." + name, Words::tr("retry"), [&](ActivityStep &edited) {
                    if (edited.retry)
                        write(*edited.retry, value);
                });
        }};
}

using MaybeDuration = std::optional<engine::Duration>;

void addRetryDelays(InspectorForm &form, const StepScope &step)
{
    const auto first = retryField<MaybeDuration>(
        step, "first", [](const RetryPolicy &retry) { return MaybeDuration(retry.first); },
        [](RetryPolicy &retry, MaybeDuration value) {
            retry.first = value.value_or(RetryPolicy{}.first);
        });
    const auto longest = retryField<MaybeDuration>(
        step, "longest", [](const RetryPolicy &retry) { return retry.longest; },
        [](RetryPolicy &retry, MaybeDuration value) { retry.longest = value; });
    form.row(
        [&] {
            form.text(durationBinding(
                {"retry/first", Words::tr("First delay")}, first.first, first.second));
            form.text(durationBinding(
                {"retry/longest", Words::tr("Longest delay")}, longest.first, longest.second));
        },
        {1, 1});
}

Binding growthBinding(const StepScope &step)
{
    return {.name = "retry/growth",
        .label = Words::tr("Growth"),
        .read =
            [step] {
                const auto &retry = step.body<ActivityStep>().retry;
                return retry ? QString::number(retry->growth) : QString();
            },
        .write =
            [step](const QString &text) {
                bool isNumber = false;
                const double growth = QString(text).replace(u',', u'.').toDouble(&isNumber);
                if (!isNumber || growth < 1)
                    return Words::tr("Write a number from 1 on.");
                step.editBody<ActivityStep>(
                    "retry.growth", Words::tr("retry"), [&](ActivityStep &edited) {
                        if (edited.retry)
                            edited.retry->growth = growth;
                    });
                return QString();
            }};
}

void addRetry(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Retry"), QStringLiteral("retry"), app::Color::KindWork);
    if (!step.body<ActivityStep>().retry) {
        form.link("retry.add", Words::tr("Try again after an error"), [step] {
            step.editBody<ActivityStep>({}, Words::tr("retry"),
                [](ActivityStep &edited) { edited.retry = RetryPolicy{.attempts = 3}; });
        });
        return;
    }
    const auto attempts = retryField<std::optional<int>>(
        step, "attempts", [](const RetryPolicy &retry) { return std::optional(retry.attempts); },
        [](RetryPolicy &retry, std::optional<int> value) { retry.attempts = value.value_or(1); });
    form.row(
        [&] {
            form.text(countBinding(
                {"retry/attempts", Words::tr("Attempts")}, 1, attempts.first, attempts.second));
            form.text(growthBinding(step));
        },
        {1, 1});
    addRetryDelays(form, step);
    form.link("retry.remove", Words::tr("Try only once"), [step] {
        step.editBody<ActivityStep>(
            {}, Words::tr("retry"), [](ActivityStep &edited) { edited.retry.reset(); });
    });
}

} // namespace

void buildActivityPage(InspectorForm &form, const StepScope &step)
{
    form.section(Words::tr("Work"));
    addActivity(form, step);
    const std::string activity = step.body<ActivityStep>().activity;
    if (activity == "http")
        addHttp(form, step);
    else if (activity == "log")
        addLog(form, step);
    else if (activity == "script")
        addScript(form, step);
    else
        addInput(form, step);
    form.section(
        Words::tr("Timeout of each attempt"), QStringLiteral("clock"), app::Color::KindWork);
    Binding timeout = durationBinding(
        {"timeout", {}}, [step] { return step.body<ActivityStep>().timeout; },
        [step](MaybeDuration value) {
            step.editBody<ActivityStep>("timeout", Words::tr("timeout"),
                [&](ActivityStep &edited) { edited.timeout = value; });
        });
    timeout.placeholder = Words::tr("no limit");
    form.text(timeout);
    addRetry(form, step);
    addNext(form, step);
    addErrorWays(form, step);
}

} // namespace designer

#include "designer/document/new_step.h"
#include "designer/panels/activity_inputs.h"
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

void addActivity(InspectorForm &form, const StepScope &step)
{
    form.combo(
        {.name = "activity",
            .label = Words::tr("What it does"),
            .read = [step] { return QString::fromStdString(step.body<ActivityStep>().activity); },
            .write =
                [step](const QString &activity) {
                    const auto fresh = newActivity(activity.toStdString());
                    step.editBody<ActivityStep>(
                        {}, Words::tr("activity"), [&](ActivityStep &edited) {
                            edited.activity = activity.toStdString();
                            if (fresh)
                                edited.with = fresh->with;
                        });
                    return QString();
                },
            .below = [step] { return activityHint(step.body<ActivityStep>().activity); }},
        activityOptions, [step] { return activityOption(step.body<ActivityStep>().activity); });
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
    addActivityInput(form, step);
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

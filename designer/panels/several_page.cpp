#include "designer/panels/several_page.h"

#include "app/widgets/icons.h"
#include "designer/canvas/step_kind.h"
#include "designer/document/arrange.h"
#include "designer/panels/bindings.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>
#include <map>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::SeveralPage)
};

using engine::StepId;

/// Some steps of a document, as the rows read and edit them together.
struct Together {
    FlowDocument *document;
    std::vector<StepId> ids;
    std::function<engine::Instant()> now;

    std::vector<engine::Step> steps() const
    {
        std::vector<engine::Step> found;
        for (const StepId &id : ids)
            if (const engine::Step *step = engine::findStep(document->flow(), id))
                found.push_back(*step);
        return found;
    }
    /// One undoable edit of all of them.
    void edit(const EditNote &note, const std::function<void(engine::Step &)> &change) const
    {
        std::vector<engine::Step> changed = steps();
        std::ranges::for_each(changed, change);
        document->changeSteps(std::move(changed), note);
    }
    template<typename Body>
    bool allAre() const
    {
        return std::ranges::all_of(steps(),
            [](const engine::Step &step) { return std::holds_alternative<Body>(step.body); });
    }
    /// What all of them have, or `otherwise` where they differ.
    template<typename Value>
    Value common(const std::function<Value(const engine::Step &)> &of, Value otherwise) const
    {
        const auto all = steps();
        const auto same = [&](const engine::Step &step) { return of(step) == of(all.front()); };
        return !all.empty() && std::ranges::all_of(all, same) ? of(all.front()) : otherwise;
    }
};

std::optional<engine::Transition> nextOf(const engine::Step &step)
{
    for (engine::Transition &way : engine::transitionsFrom(step))
        if (way.kind == engine::Transition::Kind::Next)
            return std::move(way);
    return std::nullopt;
}

QString kindWords(const engine::Step &step)
{
    const auto *activity = std::get_if<engine::ActivityStep>(&step.body);
    const QString kind = QString::fromStdString(std::string(engine::kindName(step.body)));
    return activity ? kind + u' ' + QString::fromStdString(activity->activity) : kind;
}

/// How many of them are of which kind, the most first.
void addKinds(InspectorForm &form, const Together &together)
{
    std::map<QString, std::pair<int, StepKind>> counts;
    for (const engine::Step &step : together.steps()) {
        auto &[count, kind] = counts[kindWords(step)];
        ++count;
        kind = stepKind(step.body);
    }
    std::vector<std::pair<QString, std::pair<int, StepKind>>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(
        sorted, std::ranges::greater{}, [](const auto &each) { return each.second.first; });
    for (const auto &[words, counted] : sorted) {
        auto *row = new QWidget(&form);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(8);
        const KindLook &look = lookOf(counted.second);
        auto *icon = new QLabel(row);
        icon->setPixmap(app::icon(QString::fromLatin1(look.icon), look.color).pixmap(16));
        line->addWidget(icon);
        //: In the inspector of several steps: %1 is a number, %2 a kind of step.
        auto *label = new QLabel(Words::tr("%1 × %2").arg(counted.first).arg(words), row);
        label->setFont(app::font(app::Type::Small));
        label->setObjectName(QStringLiteral("several.kind"));
        line->addWidget(label, 1);
        form.widget(row);
    }
}

void addNextOfAll(InspectorForm &form, const Together &together)
{
    const std::string differ = "\n"; // no id
    const auto next = [together, differ] {
        return together.common<std::string>(
            [](const engine::Step &step) { return nextOf(step)->to.value; }, differ);
    };
    const ComboOption none{{}, Words::tr("nowhere yet"), {}, {}};
    const ComboOption several{QStringLiteral("\n"), Words::tr("different steps"), {}, {}};
    const StepScope scope(*together.document, together.ids.front(), together.now);
    form.section(Words::tr("Next"));
    form.combo({.name = "several.next",
                   .label = Words::tr("All of them lead to"),
                   .read = [next] { return QString::fromStdString(next()); },
                   .write =
                       [together](const QString &id) {
                           together.edit({Words::tr("Connect %n step(s)", nullptr,
                                              static_cast<int>(together.ids.size())),
                                             {}},
                               [&](engine::Step &step) {
                                   engine::setTransition(step, *nextOf(step), {id.toStdString()});
                               });
                           return QString();
                       }},
        scope.stepOptions({none}), [scope, next, differ, none, several] {
            const std::string id = next();
            return id == differ ? several : scope.stepOption({id}, none);
        });
}

EditNote timeoutNote(const Together &together)
{
    return {Words::tr(
                "Change the timeout of %n step(s)", nullptr, static_cast<int>(together.ids.size())),
        "several timeout"};
}

void addAttemptTimeout(InspectorForm &form, const Together &together)
{
    using MaybeDuration = std::optional<engine::Duration>;
    form.section(
        Words::tr("Timeout of each attempt"), QStringLiteral("clock"), app::Color::KindWork);
    Binding timeout = durationBinding(
        {"several.timeout", {}},
        [together] {
            return together.common<MaybeDuration>(
                [](const engine::Step &step) {
                    return std::get<engine::ActivityStep>(step.body).timeout;
                },
                {});
        },
        [together](MaybeDuration value) {
            together.edit(timeoutNote(together), [&](engine::Step &step) {
                std::get<engine::ActivityStep>(step.body).timeout = value;
            });
        });
    timeout.placeholder = Words::tr("different, or no limit");
    form.text(timeout);
}

void addWaitTimeout(InspectorForm &form, const Together &together)
{
    form.section(Words::tr("Timeout"), QStringLiteral("clock"), app::Color::KindWait);
    Binding timeout = timeBinding(
        {"several.timeout", {}},
        [together] {
            return together.common<MaybeTemplate>(
                [](const engine::Step &step) {
                    return std::get<engine::WaitStep>(step.body).timeout;
                },
                {});
        },
        [together](const MaybeTemplate &value) {
            together.edit(timeoutNote(together),
                [&](engine::Step &step) { std::get<engine::WaitStep>(step.body).timeout = value; });
        },
        together.now);
    timeout.placeholder = Words::tr("different, or no limit");
    form.text(timeout);
}

void addArrangements(InspectorForm &form, const Together &together)
{
    form.section(Words::tr("Arrange"), QStringLiteral("layout"));
    const auto link = [&](const char *name, const QString &text, Arrangement how) {
        form.link(name, text, [together, how] { together.document->arrange(together.ids, how); });
    };
    link("several.column", Words::tr("In one column"), Arrangement::Column);
    link("several.row", Words::tr("In one row"), Arrangement::Row);
    if (together.ids.size() < 3)
        return;
    link("several.spaceDown", Words::tr("Equal distances down"), Arrangement::SpaceDown);
    link("several.spaceAcross", Words::tr("Equal distances across"), Arrangement::SpaceAcross);
}

} // namespace

void buildSeveralPage(InspectorForm &form, FlowDocument &document, const std::vector<StepId> &steps,
    std::function<engine::Instant()> now)
{
    const Together together{&document, steps, std::move(now)};
    form.section(Words::tr("Kinds"));
    addKinds(form, together);
    if (together.allAre<engine::ActivityStep>())
        addAttemptTimeout(form, together);
    if (together.allAre<engine::WaitStep>())
        addWaitTimeout(form, together);
    if (std::ranges::all_of(
            together.steps(), [](const engine::Step &step) { return nextOf(step).has_value(); }))
        addNextOfAll(form, together);
    addArrangements(form, together);
    form.section(Words::tr("All of them"));
    form.link("several.duplicate", Words::tr("Duplicate"),
        [together] { together.document->duplicate(together.ids); });
    form.link("several.delete", Words::tr("Delete"),
        [together] { together.document->removeSteps(together.ids); });
    form.link("several.deleteReconnect", Words::tr("Delete and close the gap"),
        [together] { together.document->removeSteps(together.ids, Reconnect::Yes); });
    form.finish();
    form.refresh();
}

std::string severalShape(const engine::Flow &flow, const std::vector<StepId> &steps)
{
    std::string shape;
    for (const StepId &id : steps) {
        const engine::Step *step = engine::findStep(flow, id);
        const auto next = step ? nextOf(*step) : std::nullopt;
        shape +=
            '|' + id.value + ':' + (step ? kindWords(*step).toStdString() : "") + (next ? "n" : "");
    }
    return shape;
}

} // namespace designer

#include "designer/panels/step_scope.h"

#include "designer/canvas/step_kind.h"

#include <QCoreApplication>

#include <utility>

namespace designer {
namespace {

ComboOption optionOf(const engine::Step &step)
{
    const KindLook &look = lookOf(stepKind(step.body));
    return {QString::fromStdString(step.id.value),
        QString::fromStdString(engine::displayName(step)), QString::fromLatin1(look.icon),
        look.color};
}

} // namespace

StepScope::StepScope(
    FlowDocument &document, engine::StepId id, std::function<engine::Instant()> now)
    : m_document(&document)
    , m_id(std::move(id))
    , m_now(std::move(now))
{}

const engine::Step &StepScope::step() const
{
    static const engine::Step none{};
    const engine::Step *found = engine::findStep(m_document->flow(), m_id);
    return found ? *found : none;
}

void StepScope::edit(const std::string &field, const QString &label,
    const std::function<void(engine::Step &)> &change) const
{
    const engine::Step *found = engine::findStep(m_document->flow(), m_id);
    if (!found)
        return;
    engine::Step changed = *found;
    change(changed);
    //: Undo text. %1 is the label of a field, %2 the name of a step.
    const QString text = QCoreApplication::translate("designer::StepScope", "Change %1 of %2")
                             .arg(label, QString::fromStdString(engine::displayName(*found)));
    m_document->changeStep(std::move(changed), {text, field});
}

ComboOptions StepScope::stepOptions(std::vector<ComboOption> first) const
{
    return [document = m_document, first = std::move(first)] {
        std::vector<ComboOption> options = first;
        for (const engine::Step &step : document->flow().steps)
            options.push_back(optionOf(step));
        return options;
    };
}

ComboOption StepScope::stepOption(const engine::StepId &step, const ComboOption &none) const
{
    if (step.empty())
        return none;
    const engine::Step *found = engine::findStep(m_document->flow(), step);
    if (found)
        return optionOf(*found);
    const QString id = QString::fromStdString(step.value);
    return {id, id, QStringLiteral("problem"), app::Color::Failed};
}

} // namespace designer

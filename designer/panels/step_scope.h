#pragma once

#include "designer/document/flow_document.h"
#include "designer/panels/lazy_combo.h"
#include "engine/base/clock.h"
#include "engine/model/flow.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

namespace designer {

/// One step of a document as the inspector's pages read and edit it. Copies refer to the same step;
/// reading a step that is gone or of another kind gives an empty one, because a page may be asked
/// once more before it goes.
class StepScope
{
public:
    StepScope(FlowDocument &document, engine::StepId id, std::function<engine::Instant()> now);

    FlowDocument &document() const { return *m_document; }
    const engine::StepId &id() const { return m_id; }
    engine::Instant now() const { return m_now(); }
    const engine::Step &step() const;
    template<typename Body>
    const Body &body() const
    {
        static const Body none{};
        const auto *found = std::get_if<Body>(&step().body);
        return found ? *found : none;
    }
    /// One undoable edit; `field` names it for merging and, as `label`, in its undo text.
    void edit(const std::string &field, const QString &label,
        const std::function<void(engine::Step &)> &change) const;
    template<typename Body>
    void editBody(const std::string &field, const QString &label,
        const std::function<void(Body &)> &change) const
    {
        edit(field, label, [&change](engine::Step &step) {
            if (auto *body = std::get_if<Body>(&step.body))
                change(*body);
        });
    }

    /// All steps, after `first`; an option's value is the step's id.
    ComboOptions stepOptions(std::vector<ComboOption> first) const;
    /// How a way to `step` is shown; `none` where it leads nowhere.
    ComboOption stepOption(const engine::StepId &step, const ComboOption &none) const;

private:
    FlowDocument *m_document;
    engine::StepId m_id;
    std::function<engine::Instant()> m_now;
};

} // namespace designer

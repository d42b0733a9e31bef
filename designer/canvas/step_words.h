#pragma once

#include "engine/model/flow.h"

#include <QString>

#include <functional>

namespace designer {

enum class FooterIcon { None, Clock, Retry };

/// What stands on a step, before it is cut to the room there is.
struct StepWords {
    QString title;
    QString subtitle;
    QString footer; ///< empty: no footer
    FooterIcon footerIcon = FooterIcon::None;
    QString badge;
    int attempts = 0; ///< of an activity that retries
    int needed = 0;   ///< events that an all-of or n-of wait takes

    bool operator==(const StepWords &) const = default;
};

/// The title of a step by its id; for where a timeout leads.
using TitleOf = std::function<QString(const engine::StepId &)>;

StepWords stepWords(const engine::Step &step, const TitleOf &titleOf);
/// What a way out is called on its chip; empty for a plain `next`.
QString chipWords(const engine::Step &step, const engine::Transition &way);
/// A value of a flow file in a few characters: text as it is, `{}`, `[…]`, expressions without `=`.
QString shortValue(const engine::Template &value);

} // namespace designer

#pragma once

#include "engine/model/problem.h"

#include <QString>

namespace designer {

/// The sentence of a problem in the language on screen.
QString problemText(const engine::Problem &problem);
/// What a click does about it, in a few words: `Remove 'next'`.
QString mendText(const engine::Mend &mend);

} // namespace designer

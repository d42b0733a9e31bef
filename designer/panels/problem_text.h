#pragma once

#include "engine/model/problem.h"

#include <QString>

namespace designer {

/// The sentence of a problem in the language on screen.
QString problemText(const engine::Problem &problem);

} // namespace designer

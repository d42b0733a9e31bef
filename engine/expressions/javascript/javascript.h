#pragma once

#include "engine/expressions/expressions.h"

#include <memory>

namespace engine {

/// Expressions on QJSEngine. Needs a QCoreApplication; belongs to the thread that makes it, and
/// keeps one watchdog thread that sleeps while nothing is evaluated.
std::unique_ptr<Expressions> makeJavaScript();

} // namespace engine

#pragma once

#include "engine/expressions/expressions.h"

#include <memory>

namespace tests {

/// JavaScript as in the program, but never short of time: what a test expects must not depend on how
/// busy the machine is. One for all of the test program's main thread; needs a QCoreApplication.
engine::Expressions &patientExpressions();
/// One more of them, for an engine that makes its own on its threads.
std::unique_ptr<engine::Expressions> makePatientExpressions();

} // namespace tests

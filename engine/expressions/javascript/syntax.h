#pragma once

#include "engine/expressions/expressions.h"
#include "engine/expressions/javascript/sandbox.h"

#include <QString>

#include <optional>
#include <vector>

namespace engine {

enum class SourceForm { Expression, Body };

/// The name of the function that guarded code calls wherever one of its functions begins. The
/// engine heeds an interrupt in loops only, and recursion alone can last for ever.
inline constexpr auto checkpoint = "signalbox$checkpoint";

/// The body of the function that yields the value of `source`, with its checkpoints.
QString functionBody(const QString &source, SourceForm form);
/// The same with each token on a line of its own, so that the line of an error tells its token.
QString spreadBody(const QString &source, SourceForm form);
/// Where token `line` of spreadBody() stands in `source`; 0 if there is none.
int positionOfLine(const QString &source, int line);

/// Newer forms of the language that the engine does not know, with what to write instead; and sizes
/// that the parser would not survive.
std::vector<ExpressionProblem> newerForms(const QString &source);
/// What the parser says against `source`; nothing if it parses.
std::optional<ExpressionProblem> parseProblem(
    Sandbox &sandbox, const QString &source, SourceForm form);

} // namespace engine

#pragma once

#include "engine/expressions/javascript/tokens.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace engine {

/// `source` with the form at its token `at` written so that it works here, where that takes no
/// understanding: `list.flat()` is `[].concat(...list)`. `tokens` are those of `source`, and
/// newerForms() has found something at `at`.
std::optional<QString> olderForm(
    const QString &source, const std::vector<Token> &tokens, std::size_t at);

} // namespace engine

#pragma once

#include "engine/expressions/javascript/tokens.h"

#include <string>
#include <vector>

namespace engine {

/// The free names that `source` reads, once each: `input`, `steps.review` (or `steps` where the
/// step is computed), also names that nobody knows. Not what the language has, and nothing local.
std::vector<std::string> namesRead(QStringView source);
/// `source` with the name `from`, as namesRead() gives it, written as `to`.
QString withName(const QString &source, const QString &from, const QString &to);

/// Which of the scope's names `source` may read: every word counts, wherever it stands, so that
/// nothing is missed. What is named too much only costs time.
struct Mentions {
    std::vector<QString> names;
    std::vector<QString> steps; ///< `steps.X`
    bool anyStep = false;       ///< `steps` is used in another way
    bool clockOrChance = false;
};
/// `further` are names of the scope besides those that are always there.
Mentions mentionedIn(QStringView source, const std::vector<std::string> &further = {});

} // namespace engine

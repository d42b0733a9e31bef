#pragma once

#include "app/command_line/completion_words.h"

#include <vector>

namespace app {

/// What the Signalbox that runs already knows of such words; nothing if none answers soon. Opens no
/// engine. Needs a QCoreApplication.
std::vector<Candidate> liveWords(const OpenWord &word);

} // namespace app

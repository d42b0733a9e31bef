#pragma once

#include "app/command_line/verbs.h"

namespace app {

/// The verbs by subject, each with what reads its words.
std::vector<Verb> flowVerbs();
std::vector<Verb> instanceVerbs();
std::vector<Verb> operatorVerbs();
std::vector<Verb> eventVerbs();
std::vector<Verb> peopleVerbs();
std::vector<Verb> engineVerbs();
std::vector<Verb> shellVerbs();

} // namespace app

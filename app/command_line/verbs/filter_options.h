#pragma once

#include "app/command_line/api_path.h"
#include "app/command_line/verb_words.h"

#include <vector>

namespace app {

/// The states of an instance, with blanks between; the last three are those of finished ones.
inline constexpr std::string_view statusWords =
    "Pending Running Suspended Completed Failed Terminated";
inline constexpr std::string_view finishedWords = "Completed Failed Terminated";

/// What says which instances are meant, for `list` and `purge`.
std::vector<OptionForm> filterOptions();
/// The names of these options, with blanks between.
inline constexpr std::string_view filterOptionNames =
    "--status --flow --id-prefix --text --created-from --created-to";
/// As the API takes them, with other states than the written ones, if there are any.
void addFilter(QueryPath &path, const VerbWords &words, const std::string &states = {});

} // namespace app

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// What an activity is given in `with`: the members that it must have and may have.
struct ActivityForm {
    std::string_view name;
    std::vector<std::string_view> required;
    std::vector<std::string_view> members;
    bool takesSecrets = true; ///< whether `${secret:NAME}` is filled in
};

/// nullptr: this version has no activity of this name.
const ActivityForm *findActivityForm(std::string_view name);
/// The activities of this version, by name.
std::vector<std::string> activityNames();

} // namespace engine

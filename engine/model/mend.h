#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace engine {

/// A change of a flow file that makes a problem go away: what one click can do, and what a command
/// line can print.
struct Mend {
    enum class Kind {
        Replace, ///< the value at `pointer` by `value`
        Add,     ///< the member `pointer`, which is not there, with `value`
        Remove,  ///< the member `pointer`; of a step also its place
        Rename,  ///< the member `pointer`, to the key `value`
    };
    Kind kind = Kind::Replace;
    std::string pointer; ///< JSON pointer into the flow file
    std::string value;   ///< JSON text; the plain key for Rename; empty for Remove

    bool operator==(const Mend &) const = default;
};

/// `value` is a string.
Mend replaceByText(std::string pointer, std::string_view value);
Mend addText(std::string pointer, std::string_view value);
Mend removeMember(std::string pointer);
Mend renameMember(std::string pointer, std::string key);

/// `replace`, `add`, `remove`, `rename`.
std::string_view toText(Mend::Kind kind);
/// What to do, as a sentence without its full stop: `write "PT5M"`, `remove 'colour'`.
std::string sentence(const Mend &mend);
/// The flow file with the mend; all else keeps its bytes. NotFound if the file has no such place.
Result<std::string> mended(std::string_view flowText, const Mend &mend);

} // namespace engine

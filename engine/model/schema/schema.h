#pragma once

#include "engine/base/json_text.h"

#include <string>
#include <vector>

namespace engine {

/// One fault of a value against its schema.
struct SchemaFault {
    std::string pointer; ///< JSON pointer into the value
    std::string message; ///< one sentence: what, and what is expected

    bool operator==(const SchemaFault &) const = default;
};

/// JSON Schema, draft 2020-12 without remote references. A schema with keywords that the validator
/// does not know is used without them, as the draft asks; schemaProblems() names what is malformed.
std::vector<SchemaFault> validate(const JsonText &schema, const JsonText &value);
std::vector<SchemaFault> schemaProblems(const JsonText &schema);

} // namespace engine

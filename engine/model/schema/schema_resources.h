#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

/// `reference` as seen from `base` (RFC 3986, section 5).
std::string resolvedUri(std::string_view base, std::string_view reference);

/// A keyword's way of holding schemas.
enum class SubschemaForm { None, One, List, Map };
SubschemaForm subschemaForm(std::string_view keyword);
/// Calls `visit` for each schema directly inside `schema`, with its pointer.
void forEachSubschema(const nlohmann::json &schema, const std::string &pointer,
    const std::function<void(const nlohmann::json &, const std::string &)> &visit);

/// Where the schemas of one document are: by `$id`, `$anchor`, `$dynamicAnchor` and JSON pointer.
class SchemaResources
{
public:
    struct Target {
        const nlohmann::json *schema = nullptr; ///< nullptr: not in this document
        std::string base;                       ///< URI of the resource that it belongs to
    };

    /// `root` outlives the index.
    explicit SchemaResources(const nlohmann::json &root);

    Target target(const std::string &base, std::string_view reference) const;
    /// As target(), or the outermost resource of `scope` that has the same dynamic anchor.
    Target dynamicTarget(const std::string &base, std::string_view reference,
        const std::vector<std::string> &scope) const;
    /// The base within `schema`, which stands where `base` holds.
    static std::string baseOf(const nlohmann::json &schema, const std::string &base);

private:
    void index(const nlohmann::json &schema, const std::string &outer);
    Target pointed(const Target &resource, const std::string &pointer) const;

    std::map<std::string, Target> m_resources;      ///< by URI without fragment
    std::map<std::string, Target> m_anchors;        ///< by URI#name
    std::map<std::string, Target> m_dynamicAnchors; ///< by URI#name
};

} // namespace engine

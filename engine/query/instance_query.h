#pragma once

#include "engine/base/result.h"
#include "engine/history/instance_summary.h"
#include "engine/history/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace engine {

// The language by which the monitor and the REST port look for instances:
//   status:failed flow:order $.amount>1000 waiting:Approval age>2h -id:test-* "Big Shop"
// Terms stand side by side and all must hold. docs/rest.md has the table of all of them.

enum class QueryField {
    Text, ///< somewhere in id, flow or what it stands on
    Id,
    Flow,
    Version,
    Status,
    Waiting, ///< an event or a task for which it waits, or the step on which it does
    Step,    ///< on which its first branch stands
    Parent,
    Error,   ///< type of the failure
    By,      ///< who started it, or by what way
    Created,
    Changed,
    Finished,
    Payload
};

enum class QueryComparison { Is, Less, AtMost, More, AtLeast, Contains };

/// A place in what an instance carries.
struct PayloadPath {
    enum class Root { Input, Variables, Output, CustomStatus };
    Root root = Root::Input;
    std::vector<std::string> parts; ///< keys, and indexes of arrays

    bool operator==(const PayloadPath &) const = default;
};

struct QueryTerm {
    QueryField field = QueryField::Text;
    QueryComparison comparison = QueryComparison::Is;
    bool isNegated = false;
    std::vector<std::string> words; ///< any of them; `*` at the end stands for any rest
    Instant at{};                   ///< of Created, Changed, Finished
    int number = 0;                 ///< of Version
    PayloadPath path;
    JsonText value; ///< of Payload
    bool isQuoted = false; ///< a text, whatever it looks like

    bool operator==(const QueryTerm &) const = default;
};

struct InstanceQuery {
    std::vector<QueryTerm> terms; ///< none: all instances

    bool operator==(const InstanceQuery &) const = default;
};

/// `now` is what ages are counted from. InvalidArgument names the column, from 1 in characters.
Result<InstanceQuery> instanceQueryFrom(std::string_view text, Instant now);

/// An instance that a query looks at. What is not in its summary is asked for only where a term needs it.
class QuerySubject
{
public:
    virtual ~QuerySubject() = default;
    virtual const InstanceSummary &summary() const = 0;
    /// Names of the events and tasks for which it waits in all its branches, and of the steps on which it does.
    virtual std::vector<std::string> waits() = 0;
    virtual Source startedBy() = 0;
    /// An object by name.
    virtual JsonText variables() = 0;
};

bool matches(const InstanceQuery &query, QuerySubject &subject);
/// Whether the summaries say everything that the query wants to know.
bool needsSummariesAlone(const InstanceQuery &query);
/// `filter` with all of `query` that it can say: it shows whatever both show, and perhaps more.
InstanceFilter narrowed(InstanceFilter filter, const InstanceQuery &query);
/// Whether `word` of a query means `text`, without regard to the case of ASCII letters.
bool meansName(std::string_view word, std::string_view text);

} // namespace engine

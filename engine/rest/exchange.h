#pragma once

#include "engine/base/error.h"
#include "engine/door/door.h"
#include "engine/rest/rest_message.h"
#include "engine/rest/url.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace engine {

/// One request and the way to its one answer. Lives on the server's thread; handlers and what they
/// pass to then() run there. Whatever a handler throws becomes a 500 and a line in the log; a call
/// into the engine that is dropped without an answer becomes a 503. Nobody waits for ever.
class Exchange : public std::enable_shared_from_this<Exchange>
{
public:
    struct Parts {
        RestPost post;
        RestReply reply;
        RestRefusal refusal;
        std::function<void(const std::string &line)> log; ///< may be empty
        RestLater later = {};
    };

    Exchange(RestRequest request, Parts parts);
    ~Exchange();
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

    const RestRequest &request() const { return m_request; }
    const UrlQuery &query() const { return m_query; }
    /// A parameter of the route's path; empty if it has none of this name.
    std::string parameter(const std::string &name) const;
    const std::string *header(std::string_view name) const;
    /// Who asks, for the history.
    Source source() const;

    void setParameters(std::map<std::string, std::string> parameters);
    /// The first answer counts.
    void answer(RestResponse response);
    /// Runs `step`, a handler or what follows a call.
    void run(const std::function<void()> &step);

    /// For the door: `next` gets what the call answers, on the server's thread.
    template<typename T>
    Completion<T> then(std::function<void(Result<T>)> next)
    {
        return [self = shared_from_this(), next = std::move(next)](Result<T> result) {
            self->m_parts.post(
                [self, next, result = std::move(result)] { self->run([&] { next(result); }); });
        };
    }

    /// Runs `next` after `delay`, or at once when the server ends.
    void later(std::chrono::milliseconds delay, std::function<void(bool serverEnds)> next);

private:
    RestRequest m_request;
    UrlQuery m_query;
    Parts m_parts;
    std::map<std::string, std::string> m_parameters;
    bool m_answered = false;
};

} // namespace engine

#include "engine/rest/exchange.h"

#include "engine/base/random.h"

#include <array>
#include <charconv>
#include <exception>

namespace engine {

namespace {

/// Ties an answer to its line in the log.
std::string faultId()
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), SystemRandom().next(), 16).ptr;
    return std::string(digits.begin(), end);
}

/// Control characters of a request must not forge lines of a log.
std::string onOneLine(std::string_view text)
{
    std::string line(text.substr(0, 200));
    for (char &c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = '?';
    return line;
}

} // namespace

Exchange::Exchange(RestRequest request, Parts parts)
    : m_request(std::move(request))
    , m_query(UrlQuery::ofTarget(m_request.target))
    , m_parts(std::move(parts))
{}

Exchange::~Exchange()
{
    if (m_answered)
        return;
    // The last completion may go on any thread; the reply belongs to the server's.
    RestResponse response =
        m_parts.refusal(503, "the engine stopped before it answered; try again later");
    m_parts.post([reply = m_parts.reply, response = std::move(response)] { reply(response); });
}

std::string Exchange::parameter(const std::string &name) const
{
    const auto found = m_parameters.find(name);
    return found == m_parameters.end() ? std::string() : found->second;
}

const std::string *Exchange::header(std::string_view name) const
{
    return findHeader(m_request.headers, name);
}

Source Exchange::source() const { return {"rest", m_request.caller}; }

void Exchange::setParameters(std::map<std::string, std::string> parameters)
{
    m_parameters = std::move(parameters);
}

void Exchange::answer(RestResponse response)
{
    if (m_answered)
        return;
    m_answered = true;
    m_parts.reply(std::move(response));
}

void Exchange::later(std::chrono::milliseconds delay, std::function<void(bool serverEnds)> next)
{
    m_parts.later(delay, [self = shared_from_this(), next = std::move(next)](bool serverEnds) {
        self->run([&] { next(serverEnds); });
    });
}

void Exchange::run(const std::function<void()> &step)
{
    std::string what;
    try {
        step();
        return;
    } catch (const std::exception &fault) {
        what = fault.what();
    } catch (...) {
        what = "not an exception";
    }
    const std::string id = faultId();
    if (m_parts.log)
        m_parts.log("rest: fault=" + id + " method=" + onOneLine(m_request.method) +
                    " path=" + onOneLine(pathOf(m_request.target)) + " what=" + onOneLine(what));
    answer(m_parts.refusal(500,
        "Something went wrong while processing your request; the log has more under fault=" + id));
}

} // namespace engine

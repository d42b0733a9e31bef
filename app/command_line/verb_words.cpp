#include "app/command_line/verb_words.h"

namespace app {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

Error usage(const std::string &message) { return {ErrorCode::InvalidArgument, message, {}}; }

std::vector<OptionForm> withTarget(std::vector<OptionForm> forms)
{
    forms.insert(
        forms.end(), {{"--data"}, {"--url"}, {"--key"}, {"--json", false}, {"--help", false}});
    return forms;
}

Target targetFrom(const SortedWords &words)
{
    return {words.value("--data"), words.value("--url"), words.value("--key"), words.has("--json")};
}

Result<SortedWords> sorted(Words words, const std::vector<OptionForm> &forms, Positions positions)
{
    auto result = sortWords(words, forms);
    if (!result || result->has("--help"))
        return result;
    const auto count = result->positions.size();
    if (count < positions.least || count > positions.most)
        return usage("expected: " + std::string(positions.form));
    if (result->has("--url") && result->has("--data"))
        return usage("--url and --data exclude one another: give the address or the directory");
    return result;
}

} // namespace app

#include "engine/base/json_pointer.h"

namespace engine {

std::string childPointer(std::string_view pointer, std::string_view key)
{
    std::string result(pointer);
    result += '/';
    for (const char letter : key) {
        if (letter == '~')
            result += "~0";
        else if (letter == '/')
            result += "~1";
        else
            result += letter;
    }
    return result;
}

std::string childPointer(std::string_view pointer, std::size_t index)
{
    return std::string(pointer) + '/' + std::to_string(index);
}

std::string_view parentPointer(std::string_view pointer)
{
    const std::size_t last = pointer.rfind('/');
    return last == std::string_view::npos ? std::string_view{} : pointer.substr(0, last);
}

} // namespace engine

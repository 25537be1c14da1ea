using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Run;

internal sealed class ExitCodeTests
{
    [TestCase(true, null, 0, ExpectedResult = 0)]
    [TestCase(true, null, 7, ExpectedResult = 3)]
    [TestCase(false, null, 0, ExpectedResult = 1)]
    [TestCase(false, null, 7, ExpectedResult = 1)]
    [TestCase(true, 130, 0, ExpectedResult = 130)]
    [TestCase(true, 130, 7, ExpectedResult = 130)]
    [TestCase(true, 143, 0, ExpectedResult = 143)]
    [TestCase(false, 130, 7, ExpectedResult = 1)]
    public int EachEndHasItsCode(bool isOk, int? signal, long notCarried) => ExitCode.Of(isOk, signal, notCarried);
}

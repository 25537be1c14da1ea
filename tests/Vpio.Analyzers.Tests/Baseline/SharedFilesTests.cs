using Vpio.Analyzers.CodeFixes.Baseline;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>A project with several frameworks is several projects for an editor and for the command line, with one pair of files: each change is made once.</summary>
internal sealed class SharedFilesTests
{
    private const string Op = "[AbiNumbers] public enum Op { Get, Grab }";

    [Test]
    public Task WhatIsNewInBothIsRecordedOnce() => new LineFixCase().CheckShared<RecordAbi>(
        Op, Op, ("# new\n", "enum Op int\n"), ("# new\nnumber Op.Get = 0\nnumber Op.Grab = 1\n", "enum Op int\n"));

    [Test]
    public Task WhatIsNewInOneIsRecordedInTheFilesOfBoth() => new LineFixCase().CheckShared<RecordAbi>(
        Op, "[AbiNumbers] public enum Op { Get }", ("", "enum Op int\nnumber Op.Get = 0\n"), ("number Op.Grab = 1\n", "enum Op int\nnumber Op.Get = 0\n"));

    [Test]
    public Task ALineThatIsIdleInBothIsDeletedOnce() => new LineFixCase().CheckShared<ForgetAbi>(
        Op, Op, ("number Op.Gone = 7\n# Stays.\n# Stays too.\n", "enum Op int\nnumber Op.Get = 0\nnumber Op.Grab = 1\n"), ("# Stays.\n# Stays too.\n", "enum Op int\nnumber Op.Get = 0\nnumber Op.Grab = 1\n"));

    [Test]
    public Task WhatIsShippedByBothIsMovedOnce() => new LineFixCase(release: true).CheckShared<ShipAbi>(
        Op, Op, ("number Op.Get = 0\nnumber Op.Grab = 1\n", "enum Op int\n"), ("", "enum Op int\nnumber Op.Get = 0\nnumber Op.Grab = 1\n"));
}

namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Code of every size: long, wide and deep members are analysed to their end.</summary>
internal sealed class SizeTests
{
    [Test]
    public Task TwoThousandStatementsAreRead() => OwnershipCase.Members($$"""
        public void Send()
        {
            nic.Grab();
        {{Repeat(2000, i => $"    nic.Write({i}, 1);\n")}}
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task FortyDevicesAreToldApart() => OwnershipCase.Members($$"""
        {{Repeat(40, i => $"public readonly Nic d{i} = new();\n")}}
        public void Send()
        {
        {{Repeat(40, i => $"    {(i == 17 ? "{|VPIO1008:d17.Grab()|}" : $"d{i}.Grab()")};\n")}}
        {{Repeat(40, i => $"    d{i}.Write(0, 1);\n")}}
        {{Repeat(40, i => i == 17 ? "" : $"    d{i}.Release();\n")}}
        }
        """);

    [Test]
    public Task FiftyBranchesInARowAreFollowed() => OwnershipCase.Members($$"""
        public void Send()
        {
            nic.Grab();
        {{Repeat(50, i => $"    if (Flip()) nic.Write({i}, 1); else Log();\n")}}
            nic.Release();
            {|VPIO1006:nic.Release()|};
        }
        """);

    [Test]
    public Task ThirtyAnswersInARowAreFollowed() => OwnershipCase.Members($$"""
        public void Send()
        {
        {{Repeat(30, i => $"    bool a{i} = nic.TryGrab();\n    if (!a{i}) return;\n    nic.Release();\n")}}
            nic.Grab();
            nic.Release();
            {|VPIO1003:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task SixtyLevelsOfConditionsAreFollowed() => OwnershipCase.Members($$"""
        public void Send()
        {
            {|VPIO1009:nic.Grab()|};
            {{Repeat(60, _ => "if (Flip()) { ")}} nic.Release(); {{Repeat(60, _ => "}")}}
        }
        """);

    [Test]
    public Task TwelveLevelsOfFinallyAreFollowed() => OwnershipCase.Members($$"""
        public void Send()
        {
            nic.Grab();
            {{Repeat(12, _ => "try { ")}} MayFail(); {{Repeat(12, i => i == 11 ? "} finally { nic.Release(); }" : "} finally { nic.Write(0, 1); }")}}
        }
        """, "VPIO1010");

    [Test]
    public Task TwelveLevelsOfLoopsAreFollowed() => OwnershipCase.Members($$"""
        public void Send()
        {
            nic.Grab();
            {{Repeat(12, _ => "while (More()) { ")}} nic.Write(0, 1); {{Repeat(12, _ => "}")}}
            nic.Release();
        }
        """);

    [Test]
    public Task AChainOfSevenPrivateMembersIsFollowed() => OwnershipCase.Members($$"""
        {{Repeat(7, i => $"private void Step{i}() => Step{i + 1}();\n")}}
        private void Step7() => nic.Write(0, 1);

        public void Send() => {|VPIO1017:Step0()|};
        """);

    [Test]
    public Task PrivateMembersThatAreCalledOnManyWaysAreReadOnce() => OwnershipCase.Members($$"""
        {{Repeat(7, i => $"private void Step{i}() {{ Step{i + 1}(); Step{i + 1}(); if (Flip()) Step{i + 1}(); else Step{i + 1}(); }}\n")}}
        private void Step7() => nic.Write(0, 1);

        public void Send() => {|VPIO1017:Step0()|};
        """);

    [Test]
    public Task ALongExpressionIsRead() => OwnershipCase.Members($$"""
        public uint Sum()
        {
            nic.Grab();
            uint sum = 0{{Repeat(200, i => $" + nic.Read({i})")}};
            nic.Release();
            return sum;
        }
        """);

    [Test]
    public Task ASwitchOfTwoHundredSectionsIsRead() => OwnershipCase.Members($$"""
        public void Send(int kind)
        {
            {|VPIO1009:nic.Grab()|};
            switch (kind)
            {
        {{Repeat(200, i => $"        case {i}: {(i == 99 ? "Log();" : "nic.Release();")} break;\n")}}
                default: nic.Release(); break;
            }
        }
        """);

    private static string Repeat(int times, Func<int, string> piece) => string.Concat(Enumerable.Range(0, times).Select(piece));
}

using System.Text;

namespace VerifyTests;

/// <summary>Says where a snapshot lies, what it is called, and what of it does not count.</summary>
public class VerifySettings
{
    internal string? Directory { get; private set; }

    internal string? FileName { get; private set; }

    internal string? TypeName { get; private set; }

    internal string? MethodName { get; private set; }

    internal object?[]? Parameters { get; private set; }

    internal bool IsAccepted { get; private set; }

    internal List<Action<StringBuilder>> Scrubbers { get; } = [];

    public void UseDirectory(string directory) => Directory = directory;

    public void UseFileName(string fileName) => FileName = fileName;

    public void UseTypeName(string name) => TypeName = name;

    public void UseMethodName(string name) => MethodName = name;

    public void UseParameters(params object?[] parameters) => Parameters = parameters;

    public void AutoVerify() => IsAccepted = true;

    public void AddScrubber(Action<StringBuilder> scrubber) => Scrubbers.Add(scrubber);

    public void ScrubLinesWithReplace(Func<string, string?> replaceLine) => AddScrubber(text =>
    {
        string[] lines = [.. text.ToString().Split('\n').Select(replaceLine).OfType<string>()];
        text.Clear().AppendJoin('\n', lines);
    });
}

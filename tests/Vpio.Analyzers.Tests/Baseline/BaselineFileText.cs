using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Is an additional file in memory.</summary>
/// <param name="path">Where it would be.</param>
/// <param name="text">What it says, or null when it cannot be read.</param>
internal sealed class BaselineFileText(string path, string? text) : AdditionalText
{
    private readonly SourceText? _text = text is null ? null : SourceText.From(text);

    public override string Path { get; } = path;

    public override SourceText? GetText(CancellationToken cancellationToken = default) => _text;
}

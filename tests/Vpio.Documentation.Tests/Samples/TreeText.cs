using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Samples;

/// <summary>Is a file of the tree that is no C#, as the compiler hands it to the analyzers.</summary>
/// <param name="path">Where it is, from the root.</param>
internal sealed class TreeText(string path) : AdditionalText
{
    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(Checkout.Read(path));
}

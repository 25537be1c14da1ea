using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Relevance;

/// <summary>Tells from their text which members of a type can have to do with a device. To have the compiler bind the others would cost more than the whole analysis.</summary>
internal sealed class RelevantMembers
{
    private readonly Dictionary<SyntaxNode, Member> _members = [];

    private RelevantMembers(INamedTypeSymbol type, DeviceNames names, CancellationToken cancel)
    {
        SyntaxNode[] declarations = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancel)).ToArray();
        OwnNames own = new(declarations);
        foreach (SyntaxNode declaration in declarations)
        {
            string text = declaration.SyntaxTree.GetText(cancel).ToString(declaration.Span);
            Member Read(SyntaxNode member, int end) => new(member, new WordReader(text, member.SpanStart - declaration.SpanStart, end - declaration.SpanStart), names, own);
            _members[declaration] = Read(declaration, declaration is TypeDeclarationSyntax { OpenBraceToken: { IsMissing: false, SpanStart: > 0 and var brace } } ? brace : declaration.Span.End);
            foreach (MemberDeclarationSyntax member in (declaration as TypeDeclarationSyntax)?.Members.Where(m => m is not BaseTypeDeclarationSyntax) ?? [])
                _members[member] = Read(member, member.Span.End);
        }
    }

    /// <summary>Looks through a type.</summary>
    /// <returns>Its members, or null if nothing in it can have to do with a device.</returns>
    public static RelevantMembers? Of(INamedTypeSymbol type, DeviceNames names, CancellationToken cancel)
    {
        RelevantMembers members = new(type, names, cancel);
        if (!members._members.Values.Any(m => m.IsRelevant) && !type.AllInterfaces.Any(names.Matches) && !(type.BaseType is { } parent && names.Matches(parent)))
            return null;
        members.Spread();
        return members;
    }

    /// <summary>Gets whether a piece of code has to be looked at.</summary>
    /// <param name="code">A declaration, or a part of one.</param>
    public bool Contains(SyntaxNode code)
    {
        for (SyntaxNode? node = code; node is not null; node = node.Parent)
        {
            if (_members.TryGetValue(node, out Member? member))
                return member.IsRelevant;
        }

        return true;
    }

    // Who calls a private member that touches a device touches it too; what is called meanwhile is looked into; and a field that somebody writes is not the same for ever.
    private void Spread()
    {
        if (_members.Values.Any(m => m.IsEscaped))
        {
            // Which of the type's own names an escaped word stands for is not known.
            Mark(_members.Values);
            return;
        }

        Follow(m => m.Says, from => from.Declares);
        Follow(m => m.Declares, from => from.Says);
        HashSet<string> read = new(_members.Values.Where(m => m.IsRelevant).SelectMany(m => m.Says));
        Mark(_members.Values.Where(m => m.Writes.Overlaps(read)));
    }

    private static void Mark(IEnumerable<Member> members)
    {
        foreach (Member member in members)
            member.IsRelevant = true;
    }

    private void Follow(Func<Member, HashSet<string>> of, Func<Member, HashSet<string>> from)
    {
        HashSet<string> known = [];
        Member[] fresh = _members.Values.Where(m => m.IsRelevant).ToArray();
        while (fresh.Length > 0)
        {
            known.UnionWith(fresh.SelectMany(from));
            fresh = _members.Values.Where(m => !m.IsRelevant && of(m).Overlaps(known)).ToArray();
            Mark(fresh);
        }
    }

    /// <summary>Is the private names that the members of a type can call each other by, its fields, and what its primary constructor gets.</summary>
    private sealed class OwnNames
    {
        public OwnNames(IEnumerable<SyntaxNode> declarations)
        {
            TypeDeclarationSyntax[] types = declarations.OfType<TypeDeclarationSyntax>().ToArray();
            foreach (ParameterSyntax parameter in types.SelectMany(t => t.ParameterList?.Parameters ?? default))
                Set.Add(parameter.Identifier.ValueText);
            foreach (MemberDeclarationSyntax member in types.SelectMany(t => t.Members))
            {
                foreach (string name in Of(member))
                    Set.Add(name);
            }
        }

        public NameSet Set { get; } = new();

        public static IEnumerable<string> Of(SyntaxNode member) => member switch
        {
            MemberDeclarationSyntax { Modifiers: var modifiers } when modifiers.Any(m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword) => [],
            MethodDeclarationSyntax method => [method.Identifier.ValueText],
            PropertyDeclarationSyntax property => [property.Identifier.ValueText],
            FieldDeclarationSyntax { Modifiers: var modifiers } field when !modifiers.Any(SyntaxKind.ReadOnlyKeyword) && !modifiers.Any(SyntaxKind.ConstKeyword) => field.Declaration.Variables.Select(v => v.Identifier.ValueText),
            _ => [],
        };
    }

    /// <summary>Is what the text of one member tells.</summary>
    private sealed class Member
    {
        public Member(SyntaxNode declaration, WordReader word, DeviceNames names, OwnNames own)
        {
            Declares = declaration is FieldDeclarationSyntax ? [] : [.. OwnNames.Of(declaration)];
            bool refers = false;
            while (word.Next())
            {
                IsRelevant = IsRelevant || names.Matches(word);
                IsEscaped |= word.IsEscaped;
                refers |= word.Length == 3 && string.CompareOrdinal(word.Text, word.Start, "ref", 0, 3) == 0;
                if (own.Set.Find(word) is not { } name)
                    continue;
                Says.Add(name);
                if (word.MayBeWritten)
                    Writes.Add(name);
            }

            if (refers)
                Writes.UnionWith(Says);
        }

        public bool IsRelevant { get; set; }

        public bool IsEscaped { get; }

        public HashSet<string> Declares { get; }

        public HashSet<string> Says { get; } = [];

        public HashSet<string> Writes { get; } = [];
    }
}

namespace Vpio.Abi.Processes.Linux;

/// <summary>Touches the words of a call slot by which its turn is passed, as one side has them. Each member but the look for a while is one access and a full fence, or one call of the system.</summary>
/// <remarks>A parameter of <see cref="CallTurn"/>, so that a test can step between any two accesses of the very code that ships.</remarks>
internal interface ITurnWords
{
    /// <summary>Looks whose turn it is.</summary>
    /// <returns>The turn.</returns>
    uint LoadTurn();

    /// <summary>Gives the turn to the other side.</summary>
    /// <param name="turn">The turn.</param>
    void ExchangeTurn(uint turn);

    /// <summary>Says that this side sleeps.</summary>
    void SetAsleep();

    /// <summary>Says that it does not.</summary>
    void ClearAsleep();

    /// <summary>Looks whether the other side says that it sleeps.</summary>
    /// <returns>Whether it does.</returns>
    bool IsOtherAsleep();

    /// <summary>Looks whether waiting is over.</summary>
    /// <returns>Whether it is.</returns>
    bool HasEnded();

    /// <summary>Looks at the turn for a while, for a side that would rather not sleep.</summary>
    /// <param name="hypervisors">Whose turn is awaited.</param>
    /// <returns>The turn when it came; <see langword="null"/> when the while was over first.</returns>
    uint? LookForAWhile(bool hypervisors);

    /// <summary>Sleeps while the turn is what was seen and waiting is not over, or less.</summary>
    /// <param name="seen">What was seen.</param>
    void Sleep(uint seen);

    /// <summary>Wakes who sleeps on the turn.</summary>
    void Wake();
}

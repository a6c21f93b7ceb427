const STOP = new Set(
  `a an the this that these those it its it's i i'm i'd i've i'll me my mine myself we we're we'd our ours us you
  you're your yours he him his she her they them their there here is am are was were be been being do does did
  don't doesn't didn't done have has had having will would won't can can't could couldn't should shall may might
  must and or but if so as of to in on at by for from with without into onto about up down out off over under than
  then too very just also please pls kindly hi hello hey thanks thank what which who whom whose how when where why
  not no yes yeah ok okay oh well any some one ones all each both other another only own same such s t re ve ll d
  like want wanted wants need needs would'd let lets let's get got getting give go going gonna wanna much many more
  most few bit lot really actually maybe perhaps now still yet again ever never because since while until till
  after before through between per via help tell know think see say said hope able try trying sure someone
  something first second third newest latest oldest anything thing person people user customer conversation hand colleague used using use`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words that say nothing about what a text is about. */
export function isStopWord(lower: string): boolean {
  return STOP.has(lower);
}

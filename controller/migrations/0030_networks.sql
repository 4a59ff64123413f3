-- Sources of one network are counted before each visit to one that grants only so much.
create index sources_by_network on sources (network);
